import { redirect } from "next/navigation";
import { reader } from "./_trpc/server";

export default async function StartPage() {
  redirect((await reader()) === null ? "/sign-in" : "/tenants");
}
