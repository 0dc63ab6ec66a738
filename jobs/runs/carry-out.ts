import type { GetStepTools, Inngest } from "inngest";
import { act, beginRun, beginStep, endStep, type ExecutionContext, finishRun, type StepResult } from "@/server/runs";
import type { Json } from "@/server/kernel/json";
import type { Step } from "@/server/workflows/domain/definition";
import type { TemplateScope } from "@/server/workflows/domain/template";
import { retryDelaySeconds } from "./retry-delay";

type Tools = GetStepTools<Inngest>;

/** How one attempt ended, as the engine keeps it: small, and all that the rest of the run needs. */
type Attempt =
  { stopped: true } | { ok: true; output: Json } | { ok: false; code: string; message: string; isRetriable: boolean };

function asAttempt(result: StepResult): Attempt {
  if (result.ok) return { ok: true, output: result.output };
  return { ok: false, code: result.failure.code, message: result.failure.message, isRetriable: result.isRetriable };
}

interface Running {
  ctx: ExecutionContext;
  runId: string;
  tools: Tools;
}

/** One attempt: begin, act, end. Its idempotency key is the step's, so a repeat after a crash carries the same one. */
function attemptStep(
  { ctx, runId, tools }: Running,
  step: Step,
  scope: TemplateScope,
  attempt: number,
): Promise<Attempt> {
  const name = attempt === 1 ? step.id : `${step.id}:attempt-${attempt}`;
  // The SDK hands memos back as JSON; Attempt is exactly that.
  return tools.run(name, async () => {
    if (!(await beginStep(ctx, runId, step, attempt))) return { stopped: true };
    const result = await act(ctx, { step, scope, idempotencyKey: `${runId}:${step.id}` });
    await endStep(ctx, runId, step.id, result);
    return asAttempt(result);
  }) as Promise<Attempt>;
}

async function performStep(running: Running, step: Step, scope: TemplateScope): Promise<Attempt> {
  const retries = step.type === "http" ? step.retries : step.type === "notify" ? 3 : 0;
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptStep(running, step, scope, attempt);
    if ("stopped" in result || result.ok || !result.isRetriable || attempt > retries) return result;
    await running.tools.sleep(`${step.id}:pause-${attempt}`, retryDelaySeconds(attempt) * 1_000);
  }
}

/** A wait begins, sleeps in the engine, and ends: a run that waits for days holds nothing. */
async function performWait(running: Running, step: Extract<Step, { type: "wait" }>): Promise<Attempt> {
  const { ctx, runId, tools } = running;
  const begun = await tools.run(`${step.id}:begin`, () => beginStep(ctx, runId, step, 1));
  if (!begun) return { stopped: true };
  await tools.sleep(step.id, step.seconds * 1_000);
  const result: StepResult = { ok: true, input: { seconds: step.seconds }, output: null };
  await tools.run(`${step.id}:end`, () => endStep(ctx, runId, step.id, result));
  return { ok: true, output: null };
}

function following(step: Step, output: Json): string | undefined {
  if (step.type !== "branch") return step.next;
  return (output as { next: string | null }).next ?? undefined;
}

/** Follows the definition from its first step to its end, and records how the run ended. */
export async function carryOut(ctx: ExecutionContext, runId: string, tools: Tools): Promise<{ status: string }> {
  const execution = await tools.run("begin", () => beginRun(ctx, runId));
  if (execution === null) return { status: "stopped" };
  const { definition, input } = execution;
  const running: Running = { ctx, runId, tools };
  const outputs: Record<string, { output: Json }> = {};
  let last: Json = null;
  let step = definition.steps[0];
  while (step !== undefined) {
    const current = step;
    const scope: TemplateScope = { input: input, steps: { ...outputs } };
    const attempt =
      current.type === "wait" ? await performWait(running, current) : await performStep(running, current, scope);
    if ("stopped" in attempt) return { status: "stopped" };
    if (!attempt.ok) {
      const failure = { code: attempt.code, message: `Step ${current.id}: ${attempt.message}` };
      await tools.run("finish", () => finishRun(ctx, runId, { status: "failed", failure }));
      return { status: "failed" };
    }
    last = attempt.output;
    outputs[current.id] = { output: attempt.output };
    const nextId = following(current, attempt.output);
    step = definition.steps.find(({ id }) => id === nextId);
  }
  await tools.run("finish", () => finishRun(ctx, runId, { status: "succeeded", output: last }));
  return { status: "succeeded" };
}
