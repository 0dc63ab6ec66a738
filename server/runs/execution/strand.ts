import type { Json } from "@/server/kernel/json";
import { must } from "@/server/kernel/errors";
import { inSpan } from "@/server/platform/trace";
import type { Step } from "@/server/workflows/domain/step";
import { followerOf, isComputed } from "../domain/task";
import { awaitEvent } from "./await-event";
import { callWorkflow } from "./call-workflow";
import { approveTask } from "./approve-task";
import { type Carrying, endTooLarge, fail, type Stand, STOPPED, type Strand, taskOf } from "./carrying";
import { computeSteps } from "./compute-steps";
import { carryBranches, carryItems } from "./fork";
import { performTask } from "./perform-task";
import { waitTask } from "./wait-task";

/** Computes steps from one on, up to the first that fails, has to act or wait. */
async function compute(run: Carrying, strand: Strand, first: Step): Promise<void> {
  const { ctx, state, journal, now, asker } = run;
  if (journal.isFull()) await journal.flush();
  const attributes = { "conductor.tenant_id": ctx.tenantId, "conductor.run_id": state.runId };
  const computed = await inSpan("steps computed", { attributes, parent: ctx.trace }, () =>
    computeSteps(first, { stepsById: state.stepsById, scope: strand.scope, at: now(), asker }),
  );
  for (const { step, result, startedAt, endedAt } of computed) {
    const task = taskOf(strand, step);
    const begun = journal.begin(task, { at: startedAt });
    journal.end(task, begun, { result, at: endedAt, isKept: strand.isKept });
    if (endTooLarge(run, strand, task)) return;
  }
}

/** A step that only computes: known already, or computed with those that follow it. */
async function carryComputed(run: Carrying, strand: Strand, step: Step): Promise<Stand> {
  const { known } = run.state;
  const task = taskOf(strand, step);
  if (!known.has(task.id) && !run.isOver()) await compute(run, strand, step);
  if (run.journal.hasEnd()) return STOPPED;
  const found = known.get(task.id);
  if (found === undefined) return STOPPED;
  return found.status === "succeeded"
    ? { is: "done", output: found.output }
    : fail(run, strand, task, must(found.failure, "a failed task says why"));
}

function carryStep(run: Carrying, strand: Strand, step: Step): Promise<Stand> {
  if (isComputed(step)) return carryComputed(run, strand, step);
  const task = taskOf(strand, step);
  if (step.type === "parallel") return carryBranches(run, strand, { task, step, carry });
  const known = run.state.known.get(task.id);
  if (known?.status === "succeeded") return Promise.resolve({ is: "done", output: known.output });
  switch (step.type) {
    case "wait":
      return step.event === undefined
        ? waitTask(run, strand, task, step)
        : awaitEvent(run, strand, task, { ...step, event: step.event });
    case "workflow":
      return callWorkflow(run, strand, task, step);
    case "approval":
      return approveTask(run, strand, task, step);
    case "for-each":
      return carryItems(run, strand, { task, step, carry });
    default:
      return performTask(run, strand, task);
  }
}

/** What is over, either way, is committed before long, whoever else of the run is still waited for; a kill shows by it. */
function keepSoon({ journal }: Carrying, { within }: Strand): void {
  if (within.length > 0) journal.flush().catch(() => undefined);
}

/**
 * Carries a strand on from a step, past what is known to be done. Each step that acts has its begin committed before it,
 * and its end before the next of its strand begins.
 */
export async function carry(run: Carrying, strand: Strand, from: string): Promise<Stand> {
  let output: Json = null;
  for (let id: string | undefined = from; id !== undefined;) {
    const step: Step = must(run.state.stepsById.get(id), `step ${id} is in its definition`);
    const stand = await carryStep(run, strand, step);
    if (stand.is === "failed") keepSoon(run, strand);
    if (stand.is !== "done") return stand;
    ({ output } = stand);
    strand.scope.steps[id] = { output };
    id = followerOf(step, output);
  }
  keepSoon(run, strand);
  return { is: "done", output };
}
