import { and, eq, isNull } from "drizzle-orm";
import { closeGate } from "@/db/gate";
import { deploymentKills } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, notFound } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, deploymentItself, requireFreshSignIn, type Scope } from "@/server/verb";
import { whyNotLifted } from "./domain/hold";
import { deploymentKilled, deploymentLifted } from "./events";
import { holdTenantSchema, liftHoldSchema } from "./schemas";

/**
 * Kills all tenants: from the commit on no step of anybody begins and no run starts, until it is lifted. Belongs to the
 * operating tenant, and asks for a fresh sign-in (PreconditionFailed). Refuses while it is on (Conflict).
 */
export const killAllTenants = defineWrite({
  action: "deployment.kill",
  receipt: "deployment.kill",
  input: holdTenantSchema,
  load: deploymentItself,
  write: async (scope, { reason }) => {
    await requireFreshSignIn(scope);
    const { ctx, tx, now } = scope;
    const holdId = ctx.newId("hold");
    const [made] = await tx
      .insert(deploymentKills)
      .values({ id: holdId, reason, setBy: actorRef(ctx.actor), setAt: now })
      .onConflictDoNothing()
      .returning({ id: deploymentKills.id });
    if (made === undefined) throw conflict("A kill of all tenants is on already.");
    closeGate(tx, null);
    return {
      value: { holdId },
      detail: { hold: holdId, reason },
      events: [eventOf(deploymentKilled, { tenantId: ctx.tenantId, holdId })],
    };
  },
});

/** A kill of all tenants, locked for change; throws NotFound. */
async function loadKill(scope: Scope, { holdId }: { holdId: string }) {
  const [kill] = await scope.tx.select().from(deploymentKills).where(eq(deploymentKills.id, holdId)).for("update");
  if (kill === undefined) throw notFound("hold");
  return { ...(await deploymentItself(scope)), kill };
}

/** Lifts it: asks for a fresh sign-in too, and refuses (Conflict) while runs are still being ended. */
export const liftAllTenantsKill = defineWrite({
  action: "deployment.lift",
  receipt: "deployment.lift",
  input: liftHoldSchema,
  load: loadKill,
  write: async (scope, { holdId }, { kill }) => {
    await requireFreshSignIn(scope);
    const { ctx, tx, now } = scope;
    const why = whyNotLifted({ kind: "kill", ...kill });
    if (why !== null) throw conflict(why);
    await tx
      .update(deploymentKills)
      .set({ liftedBy: actorRef(ctx.actor), liftedAt: now })
      .where(and(eq(deploymentKills.id, holdId), isNull(deploymentKills.liftedAt)));
    closeGate(tx, null);
    return {
      value: { holdId },
      detail: { hold: holdId },
      events: [eventOf(deploymentLifted, { tenantId: ctx.tenantId, holdId })],
    };
  },
});
