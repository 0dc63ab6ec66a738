import { InvariantError } from "@/server/kernel/errors";

/** A moment relative to now, or absolute. */
export type When = { afterMs: number } | { at: string };

const UNIT_MS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };
const LENGTH = /^(?:\d+[wdhms])*$/;

/** Milliseconds of a length as the SDK writes it: `1h30m`, an empty text for none at all; null for what is no length. */
export function readLength(text: string): number | null {
  if (!LENGTH.test(text)) return null;
  const parts = [...text.matchAll(/(\d+)([wdhms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}

/** Reads what the SDK writes for lengths and moments: the latter as an ISO date. */
export function readWhen(text: string): When {
  const afterMs = readLength(text);
  if (afterMs !== null) return { afterMs };
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvariantError(`neither a length nor a moment: ${text}`);
  return { at: at.toISOString() };
}

const RETRY_TABLE_MS = [15, 30, 60, 120, 300, 600].map((seconds) => seconds * 1_000);
const RETRY_AFTER_LEAST_MS = 1_000;
const RETRY_AFTER_MOST_MS = 86_400_000;

/**
 * Milliseconds until attempt `attempt + 1`: what the error asked for (between 1 s and 24 h), else 15 s, 30 s, 1, 2, 5,
 * then 10 minutes, each up to a tenth longer so that failures of one moment do not come back as one. `attempt` counts
 * from 0; `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, now: Date, random: number): number {
  if (retryAfter !== null) {
    const asked = /^\d+$/.test(retryAfter)
      ? Number(retryAfter) * 1_000
      : new Date(retryAfter).getTime() - now.getTime();
    if (!Number.isNaN(asked)) return Math.min(RETRY_AFTER_MOST_MS, Math.max(RETRY_AFTER_LEAST_MS, asked));
  }
  const base = RETRY_TABLE_MS[Math.min(attempt, RETRY_TABLE_MS.length - 1)] ?? RETRY_AFTER_LEAST_MS;
  return Math.round(base * (1 + random / 10));
}
