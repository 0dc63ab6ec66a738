import { type Json, jsonFault } from "@/server/kernel/json";
import type { EgressAnswer } from "@/server/platform/egress";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderJson, renderText, renderUrl, type TemplateScope } from "@/server/workflows/domain/template";
import { askTarget } from "./ask-target";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";
import type { StepSecrets } from "./step-secrets";

/** Answers of these statuses may turn out well at another attempt. */
export const RETRIABLE = new Set([408, 425, 429, 500, 502, 503, 504]);

function isExpected(step: StepOf<"http">, status: number): boolean {
  return step.expected_status?.includes(status) ?? (status >= 200 && status <= 299);
}

/** The body as JSON when the target says it is and it parses, else as text. */
function parsedBody({ headers, body }: EgressAnswer): Json {
  if (!/[/+]json\b/i.test(headers["content-type"] ?? "")) return body;
  try {
    const value = JSON.parse(body) as Json;
    // What is nested too deeply, or holds half a character, stays the text that it came as.
    return jsonFault(value) === null ? value : body;
  } catch {
    return body;
  }
}

/**
 * Fills the step's request, secrets included, and sends it. Throws StepFailure for an unexpected status an open circuit, and
 * no answer. Of what it gives back, the answer's text is redacted; the rest is for `act` to do.
 */
export async function actHttp(
  ctx: ExecutionContext,
  step: StepOf<"http">,
  { scope, idempotencyKey, secrets }: { scope: TemplateScope; idempotencyKey: string; secrets: StepSecrets },
): Promise<{ input: Json; output: Json }> {
  const { method, url, headers, body } = step.request;
  const filling: TemplateScope = { ...scope, secrets: secrets.values };
  const filledUrl = renderUrl(url, filling);
  const filledHeaders = Object.fromEntries(
    // A value cannot start a header of its own: what would end the line becomes a space.
    Object.entries(headers).map(([name, text]) => [name, renderText(text, filling).replaceAll(/[\r\n\u0000]+/g, " ")]),
  );
  const filledBody = body === undefined ? undefined : renderJson(body, filling);
  const input: Json = { method, url: filledUrl, headers: filledHeaders, body: filledBody ?? null };
  const isText = typeof filledBody === "string";
  const sent = filledBody === undefined ? {} : { body: isText ? filledBody : JSON.stringify(filledBody) };
  const contentType: Record<string, string> =
    filledBody === undefined ? {} : { "content-type": isText ? "text/plain; charset=utf-8" : "application/json" };
  const request = {
    tenantId: ctx.tenantId,
    ...{ method, url: filledUrl, ...sent, timeoutMs: step.timeout_seconds * 1_000 },
    headers: { ...contentType, ...filledHeaders, "idempotency-key": idempotencyKey },
    isForOrigin: Object.keys(secrets.values).length > 0,
  };
  const answer = await askTarget(ctx, { input, request, isExpected: (status) => isExpected(step, status) });
  if (!isExpected(step, answer.status))
    throw new StepFailure("unexpected-status", `${method} ${filledUrl} answered ${answer.status}.`, {
      input,
      isRetriable: RETRIABLE.has(answer.status),
    });
  // Before it is parsed: a number may lose the digits by which a value would be recognised.
  const redacted = { ...answer, body: secrets.redactor.text(answer.body) };
  return { input, output: { status: answer.status, headers: answer.headers, body: parsedBody(redacted) } };
}
