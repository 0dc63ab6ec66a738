import { brokeUnique } from "@/db/postgres-errors";
import { breakGlassGrants } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, policiesOf } from "@/server/verb";
import { breakGlassAsked, breakGlassOpened } from "./events";
import { loadBreakGlass, setOpenUntil } from "./load";
import { openBreakGlassSchema } from "./schemas";

/** The strictest of the policies that count: the shortest time, and a second person where any wants one. */
function limitsOf(tenant: Parameters<typeof policiesOf>[0]) {
  const limits = policiesOf(tenant).map(({ pack }) => pack.break_glass);
  return {
    minutesMost: Math.min(...limits.map(({ minutes }) => minutes)),
    needsSecond: limits.some(({ second_person }) => second_person),
  };
}

/**
 * Asks for rights in need, for oneself. Opens at once where the pack wants no second person, and waits for one otherwise.
 * Refuses where the pack has no break-glass (PreconditionFailed), longer than it allows (Invalid), and a second grant beside
 * one that is asked for or open (Conflict).
 */
export const openBreakGlass = defineWrite({
  action: "break_glass.open",
  receipt: "break_glass.open",
  input: openBreakGlassSchema,
  load: loadBreakGlass,
  write: async ({ ctx, tx, now }, asked) => {
    const { tenantId } = ctx;
    const userId = ctx.principal.id;
    const { minutesMost, needsSecond } = limitsOf(ctx.tenant);
    if (minutesMost === 0)
      throw preconditionFailed("The tenant's policy has no break-glass.", { reason: "no-break-glass" });
    if (asked.minutes > minutesMost) {
      const message = `must be at most ${minutesMost} under the tenant's policy`;
      throw invalid(`The input is not valid: minutes: ${message}.`, { fields: [{ path: "minutes", message }] });
    }
    const grantId = ctx.newId("breakGlass");
    const expiresAt = needsSecond ? null : new Date(now.getTime() + asked.minutes * 60_000);
    const opened = needsSecond ? {} : { openedBy: actorRef(ctx.actor), openedAt: now, expiresAt };
    try {
      await tx.insert(breakGlassGrants).values({
        ...{ tenantId, id: grantId, userId, askedAt: now, ...asked, ...opened },
        status: needsSecond ? "asked" : "open",
      });
    } catch (error) {
      if (brokeUnique(error, "break_glass_grants_one_key"))
        throw conflict("You have asked for break-glass already, or it is open for you.");
      throw error;
    }
    if (expiresAt !== null) await setOpenUntil(tx, tenantId, userId, expiresAt);
    return {
      value: { grantId, status: needsSecond ? ("asked" as const) : ("open" as const) },
      subject: `break_glass:${grantId}`,
      detail: { ...asked, needsSecond, expiresAt: expiresAt?.toISOString() ?? null },
      events: [eventOf(needsSecond ? breakGlassAsked : breakGlassOpened, { tenantId, grantId })],
    };
  },
});
