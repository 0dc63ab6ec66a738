import type { ReactNode } from "react";
import classes from "./notice.module.css";
import type { Tone } from "./status";

/** A few words that stand out: what went wrong, or what to know. Errors are announced. */
export function Notice({ tone, title, children }: { tone: Tone; title: string; children?: ReactNode }) {
  return (
    <div className={classes.notice} data-tone={tone} role={tone === "bad" ? "alert" : "note"}>
      <strong>{title}</strong>
      {children === undefined ? null : <div>{children}</div>}
    </div>
  );
}
