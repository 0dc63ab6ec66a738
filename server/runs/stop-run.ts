import { and, eq, inArray } from "drizzle-orm";
import { runs, runSteps } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { Scope } from "@/server/verb";
import { defineWrite } from "@/server/verb";
import { isFinal } from "./domain/status";
import { runStopped } from "./events";
import { loadRunForChange, type RunRow } from "./load-run";
import { stopRunSchema } from "./schemas";

async function stop({ ctx, tx, now }: Scope, run: RunRow, status: "cancelled" | "killed", reason: string) {
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
