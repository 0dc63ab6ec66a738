import { eq } from "drizzle-orm";
import { incidentSettings } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { lockTenant } from "@/server/members";
import { defineRead, defineWrite, noInput, type Scope, tenantItself } from "@/server/verb";
import { setStatusPageSchema } from "./schemas";

async function isOnNow({ ctx, tx }: Scope): Promise<boolean> {
  const [settings] = await tx.select().from(incidentSettings).where(eq(incidentSettings.tenantId, ctx.tenantId));
  return settings?.hasStatusPage ?? false;
}

/** Whether the tenant's status page is on, and where it is. */
export const getStatusPage = defineRead({
  action: "incident.read",
  input: noInput,
  load: async ({ ctx }) => ({
    ...{ resource: { subject: "incident" as const, tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` },
  }),
  read: async (scope) => ({ isOn: await isOnNow(scope), path: `/status/${scope.ctx.tenant.slug}` }),
});

/** Switches the status page on or off, for everybody who knows its address. No change is a Conflict. */
export const setStatusPage = defineWrite({
  action: "tenant.update",
  receipt: "status_page.set",
  input: setStatusPageSchema,
  load: async (scope) => {
    await lockTenant(scope.tx, scope.ctx.tenantId);
    return tenantItself(scope);
  },
  write: async (scope, { isOn }) => {
    const { ctx, tx, now } = scope;
    if ((await isOnNow(scope)) === isOn) throw conflict(`The status page is ${isOn ? "on" : "off"} already.`);
    const row = { hasStatusPage: isOn, updatedBy: actorRef(ctx.actor), updatedAt: now };
    await tx
      .insert(incidentSettings)
      .values({ tenantId: ctx.tenantId, ...row })
      .onConflictDoUpdate({ target: incidentSettings.tenantId, set: row });
    return { value: { isOn }, detail: { isOn } };
  },
});
