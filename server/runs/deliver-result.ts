import { recordEvents } from "@/db/outbox";
import { type StepOutcome, stepResults } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { runWoken } from "./events";

/** A task of a run that waits for something outside of it. */
export interface AwaitingTask {
  tenantId: string;
  runId: string;
  taskId: string;
}

/**
 * Delivers to a waiting task what it has come to, with the caller's transaction, and wakes its run. The first delivery
 * counts: true when this is it. A run that has ended meanwhile keeps how it did.
 */
export async function deliverResult(
  tx: Tx,
  { newId, now }: { newId: NewId; now: Date },
  { tenantId, runId, taskId }: AwaitingTask,
  result: StepOutcome,
): Promise<boolean> {
  const delivered = await tx
    .insert(stepResults)
    .values({ tenantId, runId, taskId, result, createdAt: now })
    .onConflictDoNothing()
    .returning({ taskId: stepResults.taskId });
  if (delivered.length === 0) return false;
  recordEvents(tx, tenantId, newId, [eventOf(runWoken, { tenantId, runId })]);
  return true;
}
