import { and, eq } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { runs, type StepOutcome, workflows } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { mayCall } from "@/policies/access/may-call";
import { actorRef } from "@/server/kernel/actor";
import { Refusal } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import { mayAskFor } from "@/server/workflows/domain/execution-class";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderJson, TemplateError } from "@/server/workflows/domain/template";
import { admitRun } from "../admit-run";
import { checkRunInput, withDefaults } from "../domain/check-input";
import { MAX_CALL_DEPTH } from "../domain/limits";
import { publishedOf } from "../published-version";
import { awaitResult, type Later } from "./await-result";
import type { Carrying, Stand, Strand } from "./carrying";
import type { Task } from "./journal";

/** When a start is tried again for which the queue had no room, in milliseconds. */
const AGAIN_MS = 30_000;

const refuse = (code: string, message: string): StepOutcome => ({ ok: false, code, message });

type Input = Readonly<Record<string, Json>>;

/** Why a run may not be started by a call; null where it may. */
function refusalOf(
  { state }: Carrying,
  slug: string,
  version: Awaited<ReturnType<typeof publishedOf>>[number],
  input: Input,
) {
  if (state.reach.depth >= MAX_CALL_DEPTH)
    return refuse(
      "too-deep",
      `It would be call number ${state.reach.depth + 1} in a row; ${MAX_CALL_DEPTH} is the most.`,
    );
  if (!mayCall(state.reach, version))
    return refuse(
      "forbidden-call",
      `${slug} runs elsewhere, at more risk or with more sensitive data than what calls it, so it is not started.`,
    );
  const issues = checkRunInput(version.declared, input);
  if (issues.length === 0) return null;
  return refuse("input", `${slug} takes another input: ${issues.map((i) => `${i.path} ${i.message}`).join("; ")}.`);
}

/** Starts the run that a task calls, once however often it is asked for. */
async function start(run: Carrying, tx: Tx, task: Task, slug: string, input: Input): Promise<StepOutcome | null> {
  const { ctx, state } = run;
  const { tenantId, newId, requestId } = ctx;
  const [called] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.tenantId, tenantId), eq(runs.parentRunId, state.runId), eq(runs.parentTaskId, task.id)));
  if (called !== undefined) return null;
  const [workflow] = await tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(and(eq(workflows.tenantId, tenantId), eq(workflows.slug, slug)));
  if (workflow === undefined) return refuse("unknown-workflow", `There is no workflow ${slug}.`);
  const [version] = await publishedOf(tx, { tenantId, workflowId: workflow.id, asked: null });
  if (version === undefined) return refuse("not-published", `The workflow ${slug} has no published version.`);
  const refusal = refusalOf(run, slug, version, input);
  if (refusal !== null) return refusal;
  const { status: _status, declared, reviewedClass, approvalRisk: _rank, ...followed } = version;
  // No more urgent than what calls it.
  const { executionClass: own, depth } = state.reach;
  const executionClass = mayAskFor(own, reviewedClass) ? own : reviewedClass;
  const actor = { kind: "run", runId: state.runId } as const;
  const now = ctx.clock.now();
  const admitted = await admitRun(
    { ctx: { tenantId, newId, actor, requestId }, tx, now },
    {
      ...{ version: followed, workflowId: workflow.id, input: withDefaults(declared, input), executionClass },
      idempotencyKey: `${state.runId}:${task.id}`,
      calledBy: { runId: state.runId, taskId: task.id, depth: depth + 1 },
    },
  );
  await tx
    .update(runs)
    .set({ hasCalled: true })
    .where(and(eq(runs.tenantId, tenantId), eq(runs.id, state.runId)));
  if ("events" in admitted) recordEvents(tx, tenantId, newId, admitted.events);
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor: actorRef(actor), action: "run.start" },
    ...{ subject: admitted.subject, body: { requestId, detail: admitted.detail } },
  });
  return null;
}

/**
 * Calls another workflow: starts a run of its published version and waits for its end, whose output becomes this step's.
 * What may be called is what whoever started this run might have started (`mayCall`).
 */
export function callWorkflow(run: Carrying, strand: Strand, task: Task, step: StepOf<"workflow">): Promise<Stand> {
  const { workflow: slug } = step;
  const ask = async (): Promise<StepOutcome | Later | null> => {
    try {
      const input = renderJson(step.input, strand.scope) as Input;
      return await withTenant(run.ctx, (tx) => start(run, tx, task, slug, input));
    } catch (error) {
      if (error instanceof TemplateError) return refuse("template", error.message);
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "LimitReached" || error.code === "Unavailable") return { againAfterMs: AGAIN_MS };
      return refuse("refused", error.message);
    }
  };
  return awaitResult(run, strand, task, { input: { workflow: slug }, ask, expiry: () => null });
}
