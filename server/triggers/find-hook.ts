import { and, eq, gt, isNull, or } from "drizzle-orm";
import { tenants, triggers, triggerSecrets } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { isId } from "@/server/kernel/ids";
import { log } from "@/server/platform/log";
import { processSecretKeys, seal, type Sealed, unseal } from "@/server/secrets";
import type { CallContext, TenantContext } from "@/server/verb";
import { isSigned, type MessageHeaders } from "./domain/signature";
import type { TriggerRow } from "./load";
import { triggerContext } from "./trigger-context";

// Nobody's: what is asked for a trigger that is not there, so that it takes as long as for one that is.
const NO_TRIGGER = `trg_${"0".repeat(32)}`;
const NO_TENANT = `ten_${"0".repeat(32)}`;
const NO_MESSAGE: MessageHeaders = { id: "none", timestamp: "0", signature: "v1,none" };
const NO_PLACE = { tenantId: NO_TENANT, id: NO_TRIGGER, version: 1 };

let decoy: Sealed | undefined;

/** The signing secrets that are good at this moment, sealed; a decoy where there are none. */
async function sealedSecrets({ database }: CallContext, tenantId: string, id: string, now: Date) {
  const rows = await withTenant({ database, tenantId }, (tx) =>
    tx
      .select()
      .from(triggerSecrets)
      .where(
        and(
          ...[eq(triggerSecrets.tenantId, tenantId), eq(triggerSecrets.id, id)],
          or(isNull(triggerSecrets.validUntil), gt(triggerSecrets.validUntil, now)),
        ),
      ),
  );
  decoy ??= seal(`whsec_${"A".repeat(43)}=`, NO_PLACE, processSecretKeys());
  return rows.length === 0 ? [{ ...decoy, ...NO_PLACE }] : rows;
}

/**
 * The trigger that a message is for, where one of its secrets signed it a moment ago. Null alike, and after as much work,
 * for a trigger that is not there, disabled or of another kind, and for a message that is signed wrong, or too old.
 */
export async function findHook(
  call: CallContext,
  triggerId: string,
  message: MessageHeaders | null,
  body: Uint8Array,
): Promise<{ ctx: TenantContext; trigger: TriggerRow } | null> {
  const id = isId("trigger", triggerId) ? triggerId : NO_TRIGGER;
  const [found] = await withSystem(call, "find-trigger", (tx) =>
    tx
      .select({ trigger: triggers, tenant: tenants })
      .from(triggers)
      .innerJoin(tenants, eq(tenants.tenantId, triggers.tenantId))
      .where(
        and(
          ...[eq(triggers.id, id), eq(triggers.kind, "webhook"), eq(triggers.isEnabled, true)],
          isNull(triggers.deletedAt),
        ),
      ),
  );
  const now = call.clock.now();
  const sealed = await sealedSecrets(call, found?.tenant.tenantId ?? NO_TENANT, id, now);
  const secrets = sealed.flatMap((row) => {
    try {
      return [unseal(row, row, processSecretKeys())];
    } catch (error) {
      log().error({ err: error, triggerId: id }, "a signing secret cannot be opened");
      return [];
    }
  });
  const fits = isSigned(secrets, message ?? NO_MESSAGE, body, now);
  return fits && message !== null && found !== undefined
    ? { trigger: found.trigger, ctx: triggerContext(call, found.tenant, found.trigger) }
    : null;
}
