/** A gap that somebody accepted for a time. */
export interface ControlException {
  id: string;
  reason: string;
  recordedAt: Date;
  expiresAt: Date;
  /** When somebody ended it before its day. */
  endedAt: Date | null;
}

export type ExceptionState = "in-force" | "expired" | "ended";

/** What has become of an exception at a moment after it was recorded: its day ends it by itself, whoever forgets it. */
export const exceptionState = (
  { expiresAt, endedAt }: Pick<ControlException, "expiresAt" | "endedAt">,
  at: Date,
): ExceptionState => {
  if (endedAt !== null && endedAt <= at) return "ended";
  return at < expiresAt ? "in-force" : "expired";
};

/** Days for which a gap may be accepted at most: after a year somebody looks at it anew. */
const EXCEPTION_DAYS_MAX = 365;

/** Why an exception may not last until then; null where it may. */
export function exceptionFault(expiresAt: Date, now: Date): string | null {
  if (expiresAt <= now) return "must lie ahead";
  const last = now.getTime() + EXCEPTION_DAYS_MAX * 86_400_000;
  return expiresAt.getTime() > last ? `must come within ${EXCEPTION_DAYS_MAX} days` : null;
}
