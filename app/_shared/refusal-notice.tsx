import type { CallRefusal } from "@/app/_trpc/refusal";
import { Notice } from "./notice";
import { SignInAgain } from "./sign-in-again";

const TITLES: Readonly<Record<string, string>> = {
  Forbidden: "Not allowed",
  Invalid: "Not accepted as it is",
  Conflict: "Not possible as things stand",
  PreconditionFailed: "Not yet possible",
  LimitReached: "Too much at once",
  NotFound: "No longer there",
  Unauthenticated: "You are signed out",
};

/** What a refused call said, above the form that made it. Nothing when it was not refused. */
export function RefusalNotice({ refusal }: { refusal: CallRefusal | null }) {
  if (refusal === null) return null;
  return (
    <Notice tone="bad" title={TITLES[refusal.code] ?? "That did not work"}>
      {refusal.message}
      {refusal.code === "Unauthenticated" ? (
        <>
          {" "}
          <a href="/sign-in">Sign in again</a>
        </>
      ) : null}
      {refusal.details.reason === "fresh-sign-in" ? (
        <>
          {" "}
          <SignInAgain />
        </>
      ) : null}
    </Notice>
  );
}
