import { and, eq, inArray, sql } from "drizzle-orm";
import { type Failure, runs, runSteps } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { Scope } from "@/server/verb";
import { defineWrite } from "@/server/verb";
import { isFinal } from "./domain/status";
import { runStopped } from "./events";
import { endRuns } from "./execution/end-runs";
import { loadRunForChange, type RunRow } from "./load-run";
import { stopRunSchema } from "./schemas";

interface Stopped {
  status: "cancelled" | "killed";
  failure: Failure;
}

/** Stops the open runs that a run has called, however deep, each with its event and receipt. */
async function stopCalled({ ctx, tx, now }: Scope, run: RunRow, { status, failure }: Stopped): Promise<void> {
  const { tenantId, newId, requestId } = ctx;
  const { rows } = await tx.execute<{ id: string; status: string }>(sql`
    with recursive below as (
      select id from runs where tenant_id = ${tenantId} and parent_run_id = ${run.id}
      union all
      select r.id from runs r join below b on r.parent_run_id = b.id where r.tenant_id = ${tenantId}
    )
    select id, status from runs
    where tenant_id = ${tenantId} and id in (select id from below) and status in ('queued', 'running')
    order by id for no key update`);
  const by = { tenantId, newId, requestId, now, actor: actorRef(ctx.actor) };
  await endRuns(tx, rows, { ...by, status, failure, detail: { calledBy: run.id } });
}

async function stop(scope: Scope, run: RunRow, status: "cancelled" | "killed", reason: string) {
  const { ctx, tx, now } = scope;
  if (isFinal(run.status)) throw conflict(`The run has ended already: it is ${run.status}.`, { status: run.status });
  const { tenantId } = ctx;
  const failure = { code: status, message: reason === "" ? `The run was ${status}.` : reason };
  await tx
    .update(runs)
    .set({ status, endedAt: now, failure })
    .where(and(eq(runs.tenantId, tenantId), eq(runs.id, run.id)));
  await tx
    .update(runSteps)
    .set({ status: "skipped", endedAt: now })
    .where(and(eq(runSteps.tenantId, tenantId), eq(runSteps.runId, run.id), inArray(runSteps.status, ["running"])));
  if (run.hasCalled) await stopCalled(scope, run, { status, failure });
  return {
    value: { runId: run.id, status },
    detail: { from: run.status, reason },
    events: [eventOf(runStopped, { tenantId, runId: run.id })],
  };
}

/** Ends a run before its next step. Refuses a run that has ended (Conflict). */
export const cancelRun = defineWrite({
  action: "run.cancel",
  receipt: "run.cancel",
  input: stopRunSchema,
  load: loadRunForChange,
  write: (scope, { reason }, { run }) => stop(scope, run, "cancelled", reason),
});

/**
 * Ends a run at once: from the commit of this verb on no step of it starts, because every step checks the run's status
 * under lock before it begins. Refuses a run that has ended (Conflict).
 */
export const killRun = defineWrite({
  action: "run.kill",
  receipt: "run.kill",
  input: stopRunSchema,
  load: loadRunForChange,
  write: (scope, { reason }, { run }) => stop(scope, run, "killed", reason),
});
