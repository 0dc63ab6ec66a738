"use client";

import { Notice } from "./notice";
import { ButtonLink } from "./page";
import classes from "./page.module.css";

const WORDS: Readonly<Record<string, string>> = {
  Unavailable: "A part of the service cannot be reached right now. Nothing was lost; try again in a moment.",
  LimitReached: "Too many pages were asked for in a short time. Wait a minute, then try again.",
};

/** The error state of a page: what happened, the request to quote, and a way to try again. */
export function ErrorView({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
  const [code = "", requestId] = digest.split(":");
  return (
    <div className={classes.stop}>
      <h1>This page could not be shown</h1>
      <Notice tone="bad" title={WORDS[code] ?? "Something broke on our side."}>
        {requestId === undefined || requestId === "" ? null : (
          <>
            Quote request <code>{requestId}</code> when you ask for help.
          </>
        )}
      </Notice>
      <div className={classes.actions}>
        <button type="button" className={classes.button} onClick={() => retry()}>
          Try again
        </button>
        <ButtonLink href="/">To the start</ButtonLink>
      </div>
    </div>
  );
}
