import { getAsyncCtx } from "inngest/experimental";
import { InvariantError } from "@/server/kernel/errors";

/**
 * The key of the step that runs now: the same whenever it runs again, so that what it asks of others is done once. A
 * step's body runs at least once, its result is kept once. Throws outside a step's body.
 */
export async function stepIdempotencyKey(): Promise<string> {
  const execution = (await getAsyncCtx())?.execution;
  const step = execution?.executingStep?.hashedId;
  if (execution === undefined || step === undefined) throw new InvariantError("an idempotency key belongs to a step");
  return `${execution.ctx.runId}:${step}`;
}
