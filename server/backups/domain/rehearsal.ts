/** What a rehearsal found. */
export interface Rehearsal {
  outcome: "pass" | "fail" | "unknown";
  /** In one sentence. */
  reason: string;
  /** Compared tables, and the rows in them. */
  tables: number;
  rows: number;
  /** Each in words; none where the restored database is the one that was backed up. */
  differences: string[];
  /** From nothing to a database that was compared and whose chains hold (RTO). Null where it did not come so far. */
  recoverySeconds: number | null;
  /** From the snapshot to that moment: were the database lost then, so much of what was written would be (RPO). */
  lossSeconds: number | null;
  /** Of the file. */
  bytes: number;
}

/** What cannot be told is never a pass. */
export const unknownRehearsal = (reason: string): Rehearsal => ({
  ...{ outcome: "unknown", reason, tables: 0, rows: 0, differences: [] },
  ...{ recoverySeconds: null, lossSeconds: null, bytes: 0 },
});

/** Differences are kept up to this many. */
export const DIFFERENCES_MAX = 20;

const DAY_MS = 86_400_000;
/** A month, with the night it takes. */
const EVERY_DAYS = 28;
/** At the least so many a night, and else as many as it takes to come round in time. */
const A_NIGHT_MIN = 5;

/** Whose turn it is tonight: those whose last rehearsal is a month ago, or who had none, the longest waiting first. */
export function rehearsalsDue(last: readonly { tenantId: string; at: Date | null }[], now: Date): string[] {
  const moment = ({ at }: { at: Date | null }) => at?.getTime() ?? 0;
  const most = Math.max(A_NIGHT_MIN, Math.ceil((last.length * 2) / EVERY_DAYS));
  return last
    .filter((one) => now.getTime() - moment(one) >= EVERY_DAYS * DAY_MS)
    .sort((a, b) => moment(a) - moment(b) || (a.tenantId < b.tenantId ? -1 : 1))
    .slice(0, most)
    .map(({ tenantId }) => tenantId);
}
