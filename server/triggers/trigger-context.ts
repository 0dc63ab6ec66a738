import { and, eq, isNull } from "drizzle-orm";
import { tenants, triggers } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { CallContext, TenantContext } from "@/server/verb";
import type { TriggerRow } from "./load";

type TenantRow = typeof tenants.$inferSelect;

/** A call by a trigger: it acts as itself, with the rights that it was saved with. */
export function triggerContext(call: CallContext, tenant: TenantRow, trigger: TriggerRow): TenantContext {
  const { tenantId } = tenant;
  const { id, roles, region, businessUnit, clearance } = trigger;
  return {
    ...{ database: call.database, clock: call.clock, newId: call.newId, requestId: call.requestId, tenantId },
    tenant,
    actor: { kind: "trigger", triggerId: id, name: trigger.name },
    principal: { kind: "trigger", id, tenantId, roles, region, businessUnit, clearance },
  };
}

/** A trigger that may fire, and its context; null for one that is disabled or deleted. */
export async function findLiveTrigger(
  call: CallContext,
  { tenantId, triggerId }: { tenantId: string; triggerId: string },
): Promise<{ ctx: TenantContext; trigger: TriggerRow } | null> {
  const [found] = await withTenant({ database: call.database, tenantId }, (tx) =>
    tx
      .select({ trigger: triggers, tenant: tenants })
      .from(triggers)
      .innerJoin(tenants, eq(tenants.tenantId, triggers.tenantId))
      .where(
        and(
          ...[eq(triggers.tenantId, tenantId), eq(triggers.id, triggerId)],
          ...[eq(triggers.isEnabled, true), isNull(triggers.deletedAt)],
        ),
      ),
  );
  return found === undefined
    ? null
    : { trigger: found.trigger, ctx: triggerContext(call, found.tenant, found.trigger) };
}
