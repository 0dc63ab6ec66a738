import type { Metadata } from "next";
import { ButtonLink } from "@/app/_shared/page";
import { signInMethods } from "@/server/auth/sign-in-methods";
import classes from "../../auth.module.css";

export const metadata: Metadata = { title: "Check your mail" };

export default function CheckMailPage() {
  return (
    <div className={classes.stack}>
      <h1>Check your mail</h1>
      <p>A sign-in link is on its way. It works once, for a limited time, in this browser or another.</p>
      <p className={classes.lead}>Nothing after a few minutes? Look in the spam folder, then ask for another link.</p>
      {signInMethods().hasOutbox ? (
        <ButtonLink href="/outbox" isMain>
          Open the outbox (no mail server is set up here)
        </ButtonLink>
      ) : null}
      <ButtonLink href="/sign-in">Ask for another link</ButtonLink>
    </div>
  );
}
