import { and, eq } from "drizzle-orm";
import { sentEvents } from "@/db/schema";
import { sendAmongOthers } from "@/db/sent-order";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { canonicalJson } from "@/server/kernel/json";
import { defineWrite, type Loaded, type Scope } from "@/server/verb";
import { eventSent } from "./events";
import { sendEventSchema } from "./schemas";

async function loadEvents({ ctx }: Scope): Promise<Loaded> {
  return { resource: { subject: "event", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}

/**
 * Sends an event of the tenant's own: what subscribes to its name is started. The same idempotency key gives the same
 * event again; with another name or other data it is refused (Conflict).
 */
export const sendEvent = defineWrite({
  action: "event.send",
  receipt: "event.send",
  input: sendEventSchema,
  load: loadEvents,
  write: async ({ ctx, tx, now }, { name, data, idempotencyKey }) => {
    const { tenantId } = ctx;
    const eventId = ctx.newId("event");
    await sendAmongOthers(tx, tenantId);
    const made = await tx
      .insert(sentEvents)
      .values({
        ...{ tenantId, id: eventId, name, data, idempotencyKey: idempotencyKey ?? null },
        ...{ sentBy: actorRef(ctx.actor), sentAt: now, isUndelivered: true },
      })
      .onConflictDoNothing()
      .returning({ id: sentEvents.id });
    if (made.length > 0)
      return {
        value: { eventId, isNew: true },
        subject: `event:${eventId}`,
        detail: { name },
        events: [eventOf(eventSent, { tenantId, eventId })],
      };
    const [before] = await tx
      .select()
      .from(sentEvents)
      .where(and(eq(sentEvents.tenantId, tenantId), eq(sentEvents.idempotencyKey, idempotencyKey ?? "")));
    if (before?.name !== name || canonicalJson(before.data) !== canonicalJson(data))
      throw conflict("This idempotency key was used with another event.", { field: "idempotencyKey" });
    return { value: { eventId: before.id, isNew: false }, subject: `event:${before.id}`, detail: { repeated: true } };
  },
});
