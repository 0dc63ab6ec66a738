import { and, eq } from "drizzle-orm";
import { runs, triggerFires } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { MAX_CALL_DEPTH } from "@/server/runs/domain/limits";

type RunRow = typeof runs.$inferSelect;

/** The first of the runs that called each other down to this one: itself where none called it. */
async function firstCaller(tx: Tx, run: RunRow): Promise<RunRow> {
  let first = run;
  for (let above = 0; above < MAX_CALL_DEPTH && first.parentRunId !== null; above += 1) {
    const [parent] = await tx
      .select()
      .from(runs)
      .where(and(eq(runs.tenantId, run.tenantId), eq(runs.id, first.parentRunId)));
    if (parent === undefined) break;
    first = parent;
  }
  return first;
}

/**
 * How many triggers led to a run, one after the other, over calls too: none where a person or a program started the first of
 * the runs that called each other.
 */
export async function depthOf(tx: Tx, run: RunRow): Promise<number> {
  const { tenantId, startedBy, idempotencyKey } = await firstCaller(tx, run);
  const triggerId = /^trigger:(.+)$/.exec(startedBy)?.[1];
  if (triggerId === undefined || idempotencyKey === null) return 0;
  const [fire] = await tx
    .select({ depth: triggerFires.depth })
    .from(triggerFires)
    .where(
      and(
        ...[eq(triggerFires.tenantId, tenantId), eq(triggerFires.triggerId, triggerId)],
        eq(triggerFires.key, idempotencyKey),
      ),
    );
  return fire?.depth ?? 0;
}
