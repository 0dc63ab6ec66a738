import { eq } from "drizzle-orm";
import type { z } from "zod";
import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { brokeUnique } from "@/db/postgres-errors";
import { tenants } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { installedLicence, overridePlan, requireTenantPlace } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { inviteFounder } from "@/server/members";
import { env } from "@/server/platform/env";
import { keepSnapshots } from "@/server/policy-changes";
import { policiesOf, revisionOf } from "@/server/verb";
import { tenantCreated } from "./events";
import type { provisionTenantSchema } from "./schemas";

interface SetUpContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

interface Provisioned {
  forTenantId: string;
  wanted: z.output<typeof provisionTenantSchema>;
  /** As receipts name whoever provisioned it; `system` for the command line. */
  provisionedBy: string;
  /** Whose name the invitation bears; null for nobody's. */
  userId: string | null;
}

async function make(tx: Tx, ctx: SetUpContext, { forTenantId: tenantId, wanted, userId, provisionedBy }: Provisioned) {
  const now = ctx.clock.now();
  const { name, slug, email } = wanted;
  const governing = {
    ...{ governanceProfile: env().CONDUCTOR_GOVERNANCE_PROFILE, followsDefault: true },
    ...{ tightening: {}, pendingPolicy: null },
  };
  await requireTenantPlace(tx, ctx, installedLicence(now));
  await tx.insert(tenants).values({ tenantId, name, slug, ...governing });
  await keepSnapshots(tx, tenantId, now, policiesOf(governing));
  const invited = await inviteFounder(tx, ctx, { tenantId, email, invitedBy: userId ?? "system" });
  recordEvents(tx, tenantId, ctx.newId, [eventOf(tenantCreated, { tenantId }), invited.event]);
  appendLink(tx, "receipts", {
    ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: "system", action: "tenant.create" },
    ...{ subject: `tenant:${tenantId}` },
    body: {
      ...{ revision: revisionOf(governing), requestId: ctx.requestId },
      detail: { name, slug, provisionedBy, invited: invited.invitationId },
    },
  });
}

/**
 * Makes a tenant that was provisioned: itself, the invitation to its first administrator, and its plan. May be repeated; true
 * where it was not there before. Refuses an address that somebody has taken meanwhile (Conflict), and one more than is
 * licensed (LimitReached).
 */
export async function setUpTenant(ctx: SetUpContext, provisioned: Provisioned): Promise<boolean> {
  const { forTenantId: tenantId, wanted, provisionedBy } = provisioned;
  const isNew = await withTenant({ database: ctx.database, tenantId }, async (tx) => {
    const [there] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
    if (there !== undefined) return false;
    await make(tx, ctx, provisioned);
    return true;
  }).catch((error: unknown) => {
    if (brokeUnique(error, "tenants_slug_key"))
      throw conflict(`The address ${wanted.slug} is taken. Choose another.`, { field: "slug" });
    throw error;
  });
  const { plan, moreSeats, reason, expiresAt } = wanted;
  const by = provisionedBy === "system" ? {} : { by: provisionedBy };
  await overridePlan(
    { ...ctx, tenantId, ...by },
    { plan, addOns: [], moreSeats, reason, expiresAt: new Date(expiresAt) },
  );
  return isNew;
}
