import { and, eq, ne } from "drizzle-orm";
import { triggerFires } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Json } from "@/server/kernel/json";
import { Refusal } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";
import { isMonthFull, startRun } from "@/server/runs";
import type { TenantContext } from "@/server/verb";

export type FireRow = typeof triggerFires.$inferSelect;
type NewFire = typeof triggerFires.$inferInsert;
type FireId = Pick<FireRow, "tenantId" | "triggerId" | "key">;

/** The key of a fire, and the idempotency key of its run: what fired the trigger, under the trigger's own id. */
export const fireKey = (triggerId: string, what: string) => `${triggerId}:${what}`;

const one = ({ tenantId, triggerId, key }: FireId) =>
  and(eq(triggerFires.tenantId, tenantId), eq(triggerFires.triggerId, triggerId), eq(triggerFires.key, key));

/** Puts fires on record; those that were there already are left out of the answer. */
export const claimFires = (tx: Tx, fires: NewFire[]): Promise<FireRow[]> =>
  fires.length === 0 ? Promise.resolve([]) : tx.insert(triggerFires).values(fires).onConflictDoNothing().returning();

export async function findFire(tx: Tx, id: FireId): Promise<FireRow | undefined> {
  const [row] = await tx.select().from(triggerFires).where(one(id));
  return row;
}

/** What people read of a fire that we could not bring to its end: the reason is in our log. */
const BROKE = { code: "Internal", message: "Something broke on our side, so this run was not started." };

/** Whether a refusal may pass by itself soon, so that a fire goes on waiting; the end of a month's runs does not. */
export const mayPass = ({ code, details }: Refusal): boolean =>
  code === "Unavailable" || (code === "LimitReached" && !isMonthFull(details.reason));

/** What to keep of a failure; null while it may pass by itself. */
export function refusalOf(error: unknown): { code: string; message: string } | null {
  if (!(error instanceof Refusal)) return BROKE;
  if (mayPass(error)) return null;
  return { code: error.code, message: error.message.slice(0, 500) };
}

/** Keeps why a fire started nothing; one that has started its run keeps that. */
export async function refuseFire(
  ctx: Pick<TenantContext, "database" | "tenantId" | "clock">,
  id: FireId,
  refusal: NonNullable<FireRow["refusal"]>,
) {
  await withTenant(ctx, (tx) =>
    tx
      .update(triggerFires)
      .set({ status: "refused", refusal, settledAt: ctx.clock.now() })
      .where(and(one(id), ne(triggerFires.status, "started"))),
  );
}

/**
 * Starts the run of a fire that is on record, as its trigger, under the rules of this moment. Repeated, by whomever, it
 * gives the same run. A refusal is kept with the fire and thrown on.
 */
export async function startFire(ctx: TenantContext, id: FireId, workflowId: string, input: Record<string, Json>) {
  try {
    const started = await startRun(ctx, { workflowId, input, idempotencyKey: id.key });
    await withTenant(ctx, (tx) =>
      tx
        .update(triggerFires)
        .set({ status: "started", runId: started.runId, refusal: null, settledAt: ctx.clock.now() })
        .where(and(one(id), ne(triggerFires.status, "started"))),
    );
    return started;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === BROKE) log().error({ err: error, triggerId: id.triggerId }, "a trigger could not start its run");
    if (refusal !== null) await refuseFire(ctx, id, refusal);
    throw error;
  }
}
