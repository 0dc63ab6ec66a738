import type { Failure } from "@/db/schema";
import type { Json } from "@/server/kernel/json";
import { InvariantError } from "@/server/kernel/errors";
import type { Step } from "@/server/workflows/domain/step";
import { TemplateError, type TemplateScope } from "@/server/workflows/domain/template";
import type { ExecutionContext } from "./context";
import { actAdapter } from "./act-adapter";
import { actHttp } from "./act-http";
import { actEvidence } from "./act-evidence";
import { actMail } from "./act-mail";
import { actSlack } from "./act-slack";
import { StepFailure } from "./step-failure";
import { openForStep, type SealedAsked, type StepSecrets } from "./step-secrets";

/** How one attempt of a step went. */
export type StepResult =
  { ok: true; input: Json; output: Json } | { ok: false; input: Json; failure: Failure; isRetriable: boolean };

export interface Act {
  step: Step;
  scope: TemplateScope;
  /** The same for every attempt of this step of this run, across crashes: the target can tell a repeat by it. */
  idempotencyKey: string;
  /** Of its run, not of this step alone: what an earlier one sent may come back to this one. */
  secrets: SealedAsked;
}

type Performed = { input: Json; output: Json };

async function perform(ctx: ExecutionContext, given: Act, secrets: StepSecrets): Promise<Performed> {
  const { step, scope, idempotencyKey } = given;
  switch (step.type) {
    case "http":
      return actHttp(ctx, step, { scope, idempotencyKey, secrets });
    case "adapter":
      return actAdapter(ctx, step, { scope, idempotencyKey, secrets });
    case "notify":
      return step.channel === "slack" ? actSlack(ctx, step, { scope, secrets }) : actMail(ctx, step, scope);
    case "evidence":
      return actEvidence(ctx, step, scope);
    default:
      throw new InvariantError(`a step of type ${step.type} does not act`);
  }
}

const failed = (input: Json, code: string, message: string, isRetriable: boolean): StepResult => ({
  ...{ ok: false, input, isRetriable },
  failure: { code, message },
});

/** How an attempt went that did not succeed; throws on what is not the step's own fault. */
function failureOf(error: unknown): StepResult {
  if (error instanceof StepFailure) return failed(error.input, error.code, error.message, error.isRetriable);
  if (error instanceof TemplateError) return failed(null, "template", error.message, false);
  throw error;
}

/**
 * Performs one attempt of a step. Resolves with how it went, no secret's value in any of it; throws only for faults that
 * are not the step's own.
 */
export async function act(ctx: ExecutionContext, given: Act): Promise<StepResult> {
  try {
    const opened = await openForStep(ctx, given.step, given.secrets);
    const { redactor } = opened;
    const result = await perform(ctx, given, opened)
      .then((performed): StepResult => ({ ok: true, ...performed }))
      .catch(failureOf);
    const input = redactor.json(result.input);
    if (result.ok) return { ok: true, input, output: redactor.json(result.output) };
    const { code, message } = result.failure;
    return failed(input, code, redactor.text(message), result.isRetriable);
  } catch (error) {
    return failureOf(error);
  }
}
