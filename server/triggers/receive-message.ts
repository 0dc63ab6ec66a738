import { createHash } from "node:crypto";
import { withTenant } from "@/db/tenancy";
import { isObject, type Json, parseJson } from "@/server/kernel/json";
import { conflict, invalid, preconditionFailed, Refusal } from "@/server/kernel/errors";
import type { TenantContext } from "@/server/verb";
import type { WebhookSettings } from "./domain/kinds";
import { claimFires, findFire, fireKey, refusalOf, refuseFire, startFire } from "./fires";
import type { TriggerRow } from "./load";
import { mapInput } from "./map-input";
import { declaredInput } from "./prepare-settings";

function objectIn(body: Uint8Array): Record<string, Json> {
  let value: unknown;
  try {
    value = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`The body is not taken: ${error.message}.`);
    throw invalid("The body is not JSON in UTF-8.");
  }
  if (!isObject(value)) throw invalid("The body must be a JSON object.");
  return value;
}

/**
 * Starts the run that a signed message asks for. The same message again, by its id, gives the same run; with another body
 * it is refused (Conflict). Refuses what is no object and input that does not fit (Invalid, by field), and else as a start.
 */
export async function receiveMessage(ctx: TenantContext, trigger: TriggerRow, messageId: string, body: Uint8Array) {
  const json = objectIn(body);
  const id = { tenantId: ctx.tenantId, triggerId: trigger.id, key: fireKey(trigger.id, messageId) };
  const bodyDigest = createHash("sha256").update(body).digest("hex");
  const { fire, declared } = await withTenant(ctx, async (tx) => {
    const scope = { ctx, tx, now: ctx.clock.now() };
    const [claimed] = await claimFires(tx, [{ ...id, status: "pending", depth: 1, bodyDigest, firedAt: scope.now }]);
    return { fire: claimed ?? (await findFire(tx, id)), declared: await declaredInput(scope, trigger.workflowId) };
  });
  if (fire?.bodyDigest !== bodyDigest)
    throw conflict("A message with this webhook-id came before, with another body.", { header: "webhook-id" });
  let input: Record<string, Json>;
  try {
    if (declared === null) throw preconditionFailed("This workflow has no published version. Publish one first.");
    const { expression } = trigger.settings as WebhookSettings;
    input = await mapInput({ expression, declared }, { body: json }, { tenantId: ctx.tenantId, from: json });
  } catch (error) {
    const refusal = error instanceof Refusal ? refusalOf(error) : null;
    if (refusal !== null) await refuseFire(ctx, id, refusal);
    throw error;
  }
  return startFire(ctx, id, trigger.workflowId, input);
}
