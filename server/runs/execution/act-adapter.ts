import { must } from "@/server/kernel/errors";
import { type Json, jsonFault } from "@/server/kernel/json";
import { signatureOf } from "@/server/triggers/domain/signature";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderJson, type TemplateScope } from "@/server/workflows/domain/template";
import { checkRunInput, withDefaults } from "../domain/check-input";
import { RETRIABLE } from "./act-http";
import { askTarget } from "./ask-target";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";
import type { StepSecrets } from "./step-secrets";

/** The answer of an adapter: JSON, or nothing, which is null. Throws StepFailure. */
function answerOf(adapter: string, body: string, input: Json): Json {
  if (body.trim() === "") return null;
  try {
    const value = JSON.parse(body) as Json;
    if (jsonFault(value) === null) return value;
  } catch {
    // What is no JSON is told of below.
  }
  throw new StepFailure("not-json", `The adapter ${adapter} answered with something that is no JSON.`, { input });
}

/**
 * Calls an adapter: a POST of the filled input, signed as Standard Webhooks 1.0 says, with the step's idempotency key as
 * the message's id. Throws StepFailure for input that it does not take, another status than 200 to 299, an answer that
 * is no JSON, an open circuit, and no answer.
 */
export async function actAdapter(
  ctx: ExecutionContext,
  step: StepOf<"adapter">,
  { scope, idempotencyKey: id, secrets }: { scope: TemplateScope; idempotencyKey: string; secrets: StepSecrets },
): Promise<{ input: Json; output: Json }> {
  const { address, declared, timeoutMs, signing } = must(secrets.adapter, "the adapter was opened");
  const { adapter } = step;
  const given = renderJson(step.input, scope) as Readonly<Record<string, Json>>;
  const input = { adapter, input: withDefaults(declared, given) };
  const issues = checkRunInput(declared, given, "adapter");
  if (issues.length > 0) {
    const words = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
    throw new StepFailure("input", `The adapter ${adapter} takes another input: ${words}. Nothing was sent.`, {
      input,
    });
  }
  const body = JSON.stringify(input.input);
  const timestamp = String(Math.floor(ctx.clock.now().getTime() / 1_000));
  const signatures = signing.map((secret) => signatureOf(secret, { id, timestamp }, Buffer.from(body)));
  const request = {
    tenantId: ctx.tenantId,
    ...{ method: "POST", url: address, body, timeoutMs, isForOrigin: true },
    headers: {
      ...{ "content-type": "application/json", accept: "application/json" },
      ...{ "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") },
    },
  };
  const isExpected = (status: number) => status >= 200 && status <= 299;
  const answer = await askTarget(ctx, { input, request, isExpected });
  if (!isExpected(answer.status))
    throw new StepFailure("unexpected-status", `The adapter ${adapter} answered ${answer.status}.`, {
      input,
      isRetriable: RETRIABLE.has(answer.status),
    });
  // Before it is parsed: a number may lose the digits by which a value would be recognised.
  return { input, output: answerOf(adapter, secrets.redactor.text(answer.body), input) };
}
