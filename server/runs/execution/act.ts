import type { Failure } from "@/db/schema";
import type { Json } from "@/server/kernel/json";
import { InvariantError } from "@/server/kernel/errors";
import { EgressError } from "@/server/platform/egress";
import type { Step } from "@/server/workflows/domain/definition";
import { TemplateError, type TemplateScope } from "@/server/workflows/domain/template";
import type { ExecutionContext } from "./context";
import { actHttp } from "./act-http";
import { actNotify } from "./act-notify";
import { StepFailure } from "./step-failure";

/** How one attempt of a step went. */
export type StepResult =
  { ok: true; input: Json; output: Json } | { ok: false; input: Json; failure: Failure; isRetriable: boolean };

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
    case "notify":
      return actNotify(ctx, step, scope);
    case "transform":
    case "branch":
    case "wait":
      throw new InvariantError(`a step of type ${step.type} does not act`);
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
