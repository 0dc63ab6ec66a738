import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { brokeUnique } from "@/db/postgres-errors";
import { members, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Role } from "@/policies/access/vocabulary";
import { actorRef } from "@/server/kernel/actor";
import { findSeller } from "@/server/billing";
import { installedLicence, requireTenantPlace, startTrial } from "@/server/entitlements";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { digestJson } from "@/server/kernel/json";
import { env } from "@/server/platform/env";
import { keepSnapshots } from "@/server/policy-changes";
import { defineAccountVerb, policiesOf, revisionOf } from "@/server/verb";
import { tenantCreated } from "./events";
import { createTenantSchema } from "./schemas";

/** What the first member may do: manage the tenant, and write its first workflow. Review needs a second person. */
const FOUNDER_ROLES: Role[] = ["tenant_admin", "workflow_author"];

/** Makes a tenant with the caller as its first member. Refuses a slug that is taken (Conflict), and one more than is licensed. */
export const createTenant = defineAccountVerb({
  kind: "write",
  self: "the new tenant and its first membership belong to the caller",
  input: createTenantSchema,
  run: async (ctx, input) => {
    const tenantId = ctx.newId("tenant");
    const governing = {
      ...{ governanceProfile: env().CONDUCTOR_GOVERNANCE_PROFILE, followsDefault: true },
      ...{ tightening: {}, pendingPolicy: null },
    };
    const memberId = ctx.newId("member");
    try {
      await withTenant({ database: ctx.database, tenantId }, async (tx) => {
        await requireTenantPlace(tx, ctx, installedLicence(ctx.clock.now()));
        await tx.insert(tenants).values({ tenantId, ...input, ...governing });
        await keepSnapshots(tx, tenantId, ctx.clock.now(), policiesOf(governing));
        await tx.insert(members).values({
          ...{ tenantId, id: memberId, userId: ctx.user.id, roles: FOUNDER_ROLES },
          ...{ region: "eu", businessUnit: "general", clearance: "confidential" as const },
        });
        if (findSeller() !== null && installedLicence(ctx.clock.now()) === null)
          await startTrial(tx, { ...ctx, tenantId });
        recordEvents(tx, tenantId, ctx.newId, [eventOf(tenantCreated, { tenantId })]);
        appendLink(tx, "receipts", {
          tenantId,
          id: ctx.newId("receipt"),
          at: ctx.clock.now().toISOString(),
          actor: actorRef(ctx.actor),
          action: "tenant.create",
          subject: `tenant:${tenantId}`,
          body: {
            revision: revisionOf(governing),
            inputDigest: digestJson(input),
            requestId: ctx.requestId,
            detail: input,
          },
        });
      });
    } catch (error) {
      if (brokeUnique(error, "tenants_slug_key"))
        throw conflict(`The address ${input.slug} is taken. Choose another.`, { field: "slug" });
      throw error;
    }
    return { tenantId, slug: input.slug };
  },
});
