import { must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderText, type TemplateScope } from "@/server/workflows/domain/template";
import { askTarget } from "./ask-target";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";
import type { StepSecrets } from "./step-secrets";

const TIMEOUT_MS = 10_000;

/** What Slack reads as markup in a message: what a run fills in must not mention, link or call anybody. */
const escaped = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * Posts a filled text to a Slack incoming webhook (docs.slack.dev, "Sending messages using incoming webhooks"): JSON with a
 * `text`, answered by 200 and `ok`. Throws StepFailure, retriable for 429, faults of theirs, an open circuit and no answer.
 */
export async function actSlack(
  ctx: ExecutionContext,
  step: StepOf<"notify">,
  { scope, secrets }: { scope: TemplateScope; secrets: StepSecrets },
): Promise<{ input: Json; output: Json }> {
  const webhook = must(step.webhook, "a checked message to Slack names its webhook");
  const text = renderText(step.text, scope, escaped);
  const input = { channel: "slack", webhook, text };
  const request = {
    tenantId: ctx.tenantId,
    ...{ method: "POST", url: must(secrets.values[webhook], "the webhook was opened"), timeoutMs: TIMEOUT_MS },
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ text }),
    isForOrigin: true,
  };
  const answer = await askTarget(ctx, { input, request, isExpected: (status) => status === 200 });
  if (answer.status !== 200)
    // Slack says why in one word, such as `invalid_payload` or `channel_is_archived`.
    throw new StepFailure("slack", `Slack answered ${answer.status}: ${answer.body.slice(0, 100)}`, {
      input,
      isRetriable: answer.status === 429 || answer.status >= 500,
    });
  return { input, output: { sent: true } };
}
