import { and, eq, sql } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { expectHold } from "@/db/gate";
import { recordEvents } from "@/db/outbox";
import { type Failure, runs, tenants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { decide } from "@/policies/access/decide";
import type { HoldKind } from "@/server/holds/domain/hold";
import { must, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { policiesOf } from "@/server/verb";
import { runStarted, runStopped } from "./events";
import { type RunRow, runResource } from "./load-run";
import { findStarter } from "./starter";

/** The run is queued and counted already: no quota stands in its way again. */
const NO_LIMIT = 2_147_483_647;

/** What ending or releasing a start needs, and who does it, as receipts name them. */
export interface StartContext {
  newId: NewId;
  now: Date;
  requestId: string;
  actor: string;
}

const itself = ({ tenantId, id }: RunRow) => and(eq(runs.tenantId, tenantId), eq(runs.id, id));

/** Ends a run that waited for its approval, with the caller's transaction, which has locked it: it never began. */
export async function cancelStart(tx: Tx, ctx: StartContext, run: RunRow, failure: Failure): Promise<void> {
  const { newId, now, requestId, actor } = ctx;
  const { tenantId, id } = run;
  await tx.update(runs).set({ status: "cancelled", endedAt: now, failure }).where(itself(run));
  recordEvents(tx, tenantId, newId, [eventOf(runStopped, { tenantId, runId: id })]);
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor, action: "run.cancel", subject: `run:${id}` },
    body: { requestId, detail: { from: run.status, reason: failure.message, code: failure.code } },
  });
}

/**
 * Lets a run begin whose start was approved, with the caller's transaction, which has locked it; false where whoever started
 * it may not start it any more, so that it was cancelled. Under a pause it queues as any other. Refused
 * (PreconditionFailed) while a kill is on.
 */
export async function releaseStart(tx: Tx, ctx: StartContext, run: RunRow): Promise<boolean> {
  const { tenantId, id: runId, workflowId, executionClass } = run;
  const principal = await findStarter(tx, run, ctx.now);
  const [tenant] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
  const policies = policiesOf(must(tenant, "a run has a tenant"));
  const isAllowed =
    principal !== null && decide(policies, { principal, action: "run.start", resource: runResource(run) }).allow;
  if (!isAllowed) {
    const message = "It was approved, but whoever started it may not start it any more.";
    await cancelStart(tx, ctx, run, { code: "starter-may-not", message });
    return false;
  }
  const [found] = await tx
    .select({ hold: sql<HoldKind | null>`hold_on(${tenantId}, ${workflowId}, ${executionClass}, ${runId})` })
    .from(runs)
    .where(itself(run));
  const hold = found?.hold ?? null;
  if (hold === "kill")
    throw preconditionFailed("A kill is on over this workflow, so no run of it starts.", { reason: "kill-is-on" });
  const isPaused = hold === "pause";
  await tx
    .update(runs)
    .set({ gatedAt: null, pausedAt: isPaused ? ctx.now : null })
    .where(itself(run));
  expectHold(tx, { tenantId, workflowId, executionClass, runId }, { hold, mostQueued: NO_LIMIT, mostStarted: null });
  if (!isPaused) recordEvents(tx, tenantId, ctx.newId, [eventOf(runStarted, { tenantId, runId, executionClass })]);
  return true;
}
