import { and, eq } from "drizzle-orm";
import { sloMarks, sloWindows } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { SloSpec } from "./domain/slo";
import { windowsOf } from "./windows-of";

const MINUTE_MS = 60_000;

/** The last minute that had closed. */
export const lastClosed = (now: Date): Date => new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);

interface Begun {
  tenantId: string;
  sloId: string;
  generation: number;
  spec: SloSpec;
}

/** Sets up the windows of an objective anew; the next pass adds up what its generation has counted. */
async function writeWindows(tx: Tx, { tenantId, sloId, generation, spec }: Begun, toAt: Date): Promise<void> {
  await tx.delete(sloWindows).where(and(eq(sloWindows.tenantId, tenantId), eq(sloWindows.sloId, sloId)));
  const blank = { tenantId, sloId, generation, fromAt: toAt, toAt, good: 0, total: 0, isStale: true };
  await tx.insert(sloWindows).values(windowsOf(spec).map((window) => ({ ...blank, ...window })));
}

/** Begins to count an objective, or a new generation of one: what was counted before is no part of it. */
export async function beginCounting(tx: Tx, begun: Begun, now: Date): Promise<void> {
  const [{ tenantId, sloId }, closed] = [begun, lastClosed(now)];
  const mark = { watermark: closed, countedSince: closed };
  await tx
    .insert(sloMarks)
    .values({ tenantId, sloId, ...mark })
    .onConflictDoUpdate({ target: [sloMarks.tenantId, sloMarks.sloId], set: mark });
  await writeWindows(tx, begun, closed);
}

/** Counts on under another target, period or alerts: the windows change, and what they add up does not. */
export async function countOn(tx: Tx, begun: Begun): Promise<void> {
  const { tenantId, sloId } = begun;
  const [mark] = await tx
    .select({ watermark: sloMarks.watermark })
    .from(sloMarks)
    .where(and(eq(sloMarks.tenantId, tenantId), eq(sloMarks.sloId, sloId)))
    .for("no key update");
  if (mark !== undefined) await writeWindows(tx, begun, mark.watermark);
}
