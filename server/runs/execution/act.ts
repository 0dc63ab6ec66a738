import type { Json } from "@/server/kernel/json";
import { EgressError } from "@/server/platform/egress";
import type { Step } from "@/server/workflows/domain/definition";
import { TemplateError, type TemplateScope } from "@/server/workflows/domain/template";
import type { ExecutionContext } from "./context";
import { actHttp } from "./act-http";
import { actNotify } from "./act-notify";
import { actTransform, chooseBranch } from "./act-expression";
import type { StepResult } from "./progress";
import { StepFailure } from "./step-failure";

export interface Act {
  step: Step;
  scope: TemplateScope;
  /** The same for every attempt of this step of this run, across crashes: the target can tell a repeat by it. */
  idempotencyKey: string;
}

async function perform(
  ctx: ExecutionContext,
  { step, scope, idempotencyKey }: Act,
): Promise<{ input: Json; output: Json }> {
  switch (step.type) {
    case "http":
      return actHttp(ctx, step, scope, idempotencyKey);
    case "transform":
      return { input: null, output: await actTransform(step.expression, scope) };
    case "branch":
      return { input: null, output: { next: await chooseBranch(step, scope) } };
    case "notify":
      return actNotify(ctx, step, scope);
    case "wait":
      return { input: { seconds: step.seconds }, output: null };
  }
}

/** Performs one attempt of a step. Resolves with how it went; throws only for faults that are not the step's own. */
export async function act(ctx: ExecutionContext, given: Act): Promise<StepResult> {
  try {
    return { ok: true, ...(await perform(ctx, given)) };
  } catch (error) {
    if (error instanceof StepFailure)
      return {
        ok: false,
        input: error.input,
        failure: { code: error.code, message: error.message },
        isRetriable: error.isRetriable,
      };
    if (error instanceof TemplateError)
      return { ok: false, input: null, failure: { code: "template", message: error.message }, isRetriable: false };
    if (error instanceof EgressError)
      return {
        ok: false,
        input: null,
        failure: { code: error.reason, message: error.message },
        isRetriable: error.isRetriable,
      };
    throw error;
  }
}
