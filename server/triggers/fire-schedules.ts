import { and, asc, eq, isNotNull, lte } from "drizzle-orm";
import { triggerFires, triggers } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { Json } from "@/server/kernel/json";
import { Refusal } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";
import type { CallContext } from "@/server/verb";
import type { ScheduleSettings } from "./domain/kinds";
import { dueSlots } from "./domain/schedule";
import { claimFires, fireKey, type FireRow, mayPass, refuseFire, startFire } from "./fires";
import { findLiveTrigger } from "./trigger-context";

/** Schedules, and fires, that one look finds; what is more is for the next. */
export const LOOK = 100;

/** A schedule whose slot has come. */
export interface DueSchedule {
  tenantId: string;
  triggerId: string;
}

/** Schedules of every tenant whose slot has come, the longest overdue first. */
export const listDueSchedules = ({
  database,
  clock,
}: Pick<CallContext, "database" | "clock">): Promise<DueSchedule[]> =>
  withSystem({ database }, "fire-triggers", (tx) =>
    tx
      .select({ tenantId: triggers.tenantId, triggerId: triggers.id })
      .from(triggers)
      .where(lte(triggers.nextAt, clock.now()))
      .orderBy(asc(triggers.nextAt))
      .limit(LOOK),
  );

/**
 * Puts the slots of a schedule that are due on record and moves it on to its next, in one transaction: each slot once,
 * however many workers look. False where another is at it, or was before.
 */
export async function claimSlots(call: CallContext, { tenantId, triggerId }: DueSchedule): Promise<boolean> {
  const now = call.clock.now();
  return withTenant({ database: call.database, tenantId }, async (tx) => {
    const itself = and(eq(triggers.tenantId, tenantId), eq(triggers.id, triggerId));
    const [schedule] = await tx
      .select()
      .from(triggers)
      .where(and(itself, lte(triggers.nextAt, now)))
      .for("update", { skipLocked: true });
    if (schedule?.nextAt == null) return false;
    const { input, ...settings } = schedule.settings as ScheduleSettings;
    const { due, next } = dueSlots(settings, schedule.nextAt, now);
    const fires = due.map((slot) => ({
      ...{ tenantId, triggerId, key: fireKey(triggerId, slot.toISOString()), status: "pending" as const },
      ...{ depth: 1, payload: { ...input }, firedAt: slot },
    }));
    await claimFires(tx, fires);
    await tx.update(triggers).set({ nextAt: next }).where(itself);
    return true;
  });
}

/** A fire whose run is still to be started. */
export type PendingFire = Pick<FireRow, "tenantId" | "triggerId" | "key">;

/** Fires of every tenant that wait for their run, the oldest first; those of webhooks are repeated by who sent them. */
export const listPendingFires = ({ database }: Pick<CallContext, "database">): Promise<PendingFire[]> =>
  withSystem({ database }, "fire-triggers", (tx) =>
    tx
      .select({ tenantId: triggerFires.tenantId, triggerId: triggerFires.triggerId, key: triggerFires.key })
      .from(triggerFires)
      .where(and(eq(triggerFires.status, "pending"), isNotNull(triggerFires.payload)))
      .orderBy(asc(triggerFires.firedAt))
      .limit(LOOK),
  );

/**
 * Starts the run of a fire that waits for it. What is refused is kept with the fire; true once nothing is left to do for
 * it. May be repeated, and done by several at once: they start one run.
 */
export async function startPendingFire(call: CallContext, fire: PendingFire): Promise<boolean> {
  const { tenantId, triggerId, key } = fire;
  const [row] = await withTenant({ database: call.database, tenantId }, (tx) =>
    tx
      .select()
      .from(triggerFires)
      .where(
        and(eq(triggerFires.tenantId, tenantId), eq(triggerFires.triggerId, triggerId), eq(triggerFires.key, key)),
      ),
  );
  if (row?.status !== "pending") return true;
  const live = await findLiveTrigger(call, fire);
  if (live === null) {
    const message = "The trigger was disabled or deleted before it could start its run.";
    await refuseFire({ ...call, tenantId }, fire, { code: "PreconditionFailed", message });
    return true;
  }
  try {
    await startFire(live.ctx, fire, live.trigger.workflowId, row.payload as Record<string, Json>);
  } catch (error) {
    if (!(error instanceof Refusal)) return true;
    log().info({ triggerId, tenantId, code: error.code }, "a trigger's start was refused");
    return !mayPass(error);
  }
  return true;
}
