import type { Metadata } from "next";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink } from "@/app/_shared/page";
import type { SearchParams } from "@/app/_shared/page-params";
import classes from "../../auth.module.css";

export const metadata: Metadata = { title: "Sign-in failed" };

/** Codes that next-auth puts into the address (pages/errors of version 4). */
const WORDS: Readonly<Record<string, string>> = {
  Verification: "This sign-in link was used already, or it expired. Ask for a new one.",
  AccessDenied: "This account may not sign in here.",
  EmailNotVerified:
    "The sign-in service has not verified this account's e-mail address. Verify it there, or use a link by e-mail.",
  OAuthAccountNotLinked: "This address signed in another way before. Use the same way again.",
  OAuthCallback: "The sign-in service gave an answer that could not be used. Try again.",
  OAuthSignin: "The sign-in service could not be reached. Try again, or use a link by e-mail.",
  EmailSignin: "The mail could not be sent. Try again in a minute.",
  Configuration: "Sign-in is not set up correctly here. Tell your administrator.",
};

export default async function SignInErrorPage({ searchParams }: { searchParams: SearchParams }) {
  const { error } = await searchParams;
  const words = typeof error === "string" ? WORDS[error] : undefined;
  return (
    <div className={classes.stack}>
      <h1>You are not signed in</h1>
      <Notice tone="bad" title={words ?? "Signing in did not work."} />
      <ButtonLink href="/sign-in" isMain>
        Back to sign-in
      </ButtonLink>
    </div>
  );
}
