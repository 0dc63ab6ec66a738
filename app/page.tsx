import { redirect } from "next/navigation";
import { load } from "./_trpc/load";
import { reader } from "./_trpc/server";

export default async function StartPage() {
  redirect((await load(reader())) === null ? "/sign-in" : "/tenants");
}
