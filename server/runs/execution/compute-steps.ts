import { jsonFault } from "@/server/kernel/json";
import { must } from "@/server/kernel/errors";
import { type Asker, type ExpressionResult, type Walk, walkExpressions } from "@/server/platform/expression-sandbox";
import { followers, type Step } from "@/server/workflows/domain/step";
import type { TemplateScope } from "@/server/workflows/domain/template";
import type { StepResult } from "./act";

/** A step that was computed, and when. */
export interface ComputedStep {
  step: Step;
  result: StepResult;
  startedAt: Date;
  endedAt: Date;
}

/** The computed steps that may follow each other from one on, as many as one walk may take. */
function walkFrom(first: Step, stepsById: ReadonlyMap<string, Step>, most: number): Walk {
  const steps: Record<string, Walk["steps"][string]> = {};
  const open = [first];
  for (let step = open.shift(); step !== undefined && Object.keys(steps).length < most; step = open.shift()) {
    if (Object.hasOwn(steps, step.id)) continue;
    if (step.type === "transform") steps[step.id] = { expression: step.expression, next: step.next };
    else if (step.type === "branch") steps[step.id] = { cases: step.cases, otherwise: step.otherwise };
    else continue;
    for (const { id } of followers(step)) open.push(must(stepsById.get(id), `step ${id} is in its definition`));
  }
  return { start: first.id, steps, most };
}

function asStepResult(computed: ExpressionResult): StepResult {
  if (!computed.ok) {
    const failure = { code: computed.reason, message: computed.message };
    return { ok: false, input: null, failure, isRetriable: false };
  }
  const fault = jsonFault(computed.value);
  if (fault === null) return { ok: true, input: null, output: computed.value };
  return {
    ok: false,
    input: null,
    failure: { code: "expression", message: `The result ${fault}.` },
    isRetriable: false,
  };
}

/** Steps that are computed in one visit at most. */
const MOST_STEPS = 100;

/**
 * Computes a step and those that follow it, in one visit to the sandbox: at least this one, at most up to the first that
 * fails, has to act or wait; none where it was over for the asker before its turn came. `at`: when that begins.
 */
export async function computeSteps(
  first: Step,
  from: { stepsById: ReadonlyMap<string, Step>; scope: TemplateScope; at: Date; asker: Asker },
): Promise<ComputedStep[]> {
  const { stepsById, scope, asker } = from;
  let at = from.at.getTime();
  const walked = await walkExpressions(walkFrom(first, stepsById, MOST_STEPS), scope, asker);
  const computed = walked.map(({ id, ms, result }) => {
    const startedAt = new Date(at);
    at += ms;
    const step = must(stepsById.get(id), `step ${id} is in its definition`);
    return { step, result: asStepResult(result), startedAt, endedAt: new Date(at) };
  });
  const failed = computed.findIndex(({ result }) => !result.ok);
  return failed === -1 ? computed : computed.slice(0, failed + 1);
}
