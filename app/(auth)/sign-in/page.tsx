import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "@/app/_shared/page-params";
import { load } from "@/app/_trpc/load";
import { reader } from "@/app/_trpc/server";
import { signInMethods } from "@/server/auth/sign-in-methods";
import { DemoPeople } from "./_components/demo-people";
import { SignInForm } from "./_components/sign-in-form";
import { destinationOf } from "./search-params";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const destination = destinationOf(await searchParams);
  if ((await load(reader())) !== null) redirect(destination);
  const { providers, demoUsers } = signInMethods();
  return (
    <>
      <h1>Sign in</h1>
      <SignInForm destination={destination} providers={providers} />
      {demoUsers.length === 0 ? null : <DemoPeople destination={destination} people={demoUsers} />}
      <noscript>
        <p>Signing in needs JavaScript in this browser.</p>
      </noscript>
    </>
  );
}
