import { durationText } from "@/app/_shared/duration";

interface Check {
  at: string;
  isFailed: boolean;
}

/** How long a look may be ago, in milliseconds, before it is no news any more: one is due each minute. */
const LATE_MS = 3 * 60_000;

export type CheckState = "ok" | "late" | "failed" | "never";

/** How the last look went, and in how many words it can be said. */
export function checkWords(check: Check | null, open: number, now: number): { state: CheckState; words: string } {
  if (check === null)
    return { state: "never", words: "Nothing was checked yet. The first look comes within a minute." };
  const ago = now - Date.parse(check.at);
  const when = `Checked ${durationText(Math.max(0, Math.floor(ago / 1_000) * 1_000))} ago`;
  if (check.isFailed) return { state: "failed", words: `${when}, and could not look everywhere` };
  const found = open === 0 ? "nothing differs" : `${open} ${open === 1 ? "thing differs" : "things differ"}`;
  return ago > LATE_MS
    ? { state: "late", words: `${when}: too long, is a worker running?` }
    : { state: "ok", words: `${when}: ${found}` };
}
