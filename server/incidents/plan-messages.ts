import { and, eq } from "drizzle-orm";
import { recordEvents } from "@/db/outbox";
import { incidentMessages, incidents } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { closedFor } from "@/server/entitlements";
import { eventOf } from "@/server/kernel/event";
import { tellOfIncident } from "@/server/notifications";
import { findAdministrators, findEscalation, findPeople } from "@/server/on-call";
import { addEntry } from "./add-entry";
import type { MessageOccasion } from "./domain/messages";
import { isUnresolved } from "./domain/status";
import { incidentMessagePlanned } from "./events";
import type { IncidentRow } from "./load";
import type { RaiseContext } from "./raise-incident";

export interface MessageContext extends RaiseContext {
  database: Database;
}

export interface Telling {
  incidentId: string;
  episode: number;
  occasion: MessageOccasion;
  /** Step of the escalation, from 0. */
  level: number;
  /** Of a repeat: how many alerts there were. */
  alertCount?: number;
}

/** An incident that still asks for somebody in this episode of it; null otherwise. */
async function findAsking(tx: Tx, tenantId: string, { incidentId, episode }: Telling): Promise<IncidentRow | null> {
  const [incident] = await tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.tenantId, tenantId), eq(incidents.id, incidentId)))
    // An acknowledgement comes before, and is seen, or after, and leaves nothing out.
    .for("share");
  if (incident === undefined || incident.episode !== episode || !isUnresolved(incident.status)) return null;
  return incident.acknowledgedAt === null ? incident : null;
}

/** When each step of a tenant's escalation is due, in minutes after an incident was opened. */
export const listEscalationMinutes = (ctx: MessageContext): Promise<number[]> =>
  withTenant(ctx, async (tx) => {
    const { steps } = await findEscalation(tx, ctx.tenantId);
    return steps.map(({ afterMinutes }) => afterMinutes);
  });

const TITLES: Readonly<Record<MessageOccasion, string>> = {
  opened: "Incident",
  escalated: "Nobody has taken on",
  repeated: "Still going on",
  resolved: "Resolved",
};

/** The rows of the messages to these people; those that were there already are left out. */
async function insertMessages(tx: Tx, ctx: MessageContext, telling: Telling, people: readonly string[]) {
  const { tenantId } = ctx;
  const { incidentId, episode, occasion, level, alertCount = 0 } = telling;
  if (people.length === 0) return [];
  return tx
    .insert(incidentMessages)
    .values(
      people.map((userId) => ({
        ...{ tenantId, id: ctx.newId("incidentMessage"), incidentId, occasion, channel: "email" as const, userId },
        ...{ dedupe: `${occasion}:${episode}:${level}:${alertCount}:email:${userId}`, createdAt: ctx.clock.now() },
      })),
    )
    .onConflictDoNothing()
    .returning({ id: incidentMessages.id });
}

/**
 * Puts what is to be sent about an incident into rows, in one transaction with its entry in the timeline and an event per
 * message, and tells the same people in the app. May be repeated: nobody gets two. `isOver`: nothing asks for anybody any
 * more. A tenant without `incident-automation` has its administrators told in the app, and nobody by message.
 */
export function planMessages(ctx: MessageContext, telling: Telling): Promise<{ planned: number; isOver: boolean }> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const incident = await findAsking(tx, tenantId, telling);
    if (incident === null) return { planned: 0, isOver: true };
    const { id: incidentId, title } = incident;
    const { occasion, episode, level, alertCount = 0 } = telling;
    const told = {
      ...{ incidentId, name: `${occasion}:${episode}:${level}:${alertCount}` },
      title: `${incident.isDrill ? "Drill. " : ""}${TITLES[occasion]}, ${incident.severity}: ${title}`,
    };
    const closed = await closedFor(tx, { tenantId, feature: "incident-automation", use: "change" }, now);
    if (closed !== null) {
      await tellOfIncident(tx, ctx, await findAdministrators(tx, tenantId), told);
      return { planned: 0, isOver: true };
    }
    const { steps } = await findEscalation(tx, tenantId);
    const people = await findPeople(tx, { tenantId, now }, steps[level]?.targets ?? []);
    await tellOfIncident(tx, ctx, people, told);
    const made = await insertMessages(tx, ctx, telling, people);
    if (made.length === 0) return { planned: 0, isOver: false };
    await addEntry(tx, ctx, {
      ...{ incidentId, source: "notification", actor: "system", kind: level === 0 ? "notification" : "escalation" },
      text: made.length === 1 ? "A message goes to one person." : `Messages go to ${made.length} people.`,
      facts: { occasion, level, people },
    });
    recordEvents(
      tx,
      tenantId,
      ctx.newId,
      made.map(({ id }) => eventOf(incidentMessagePlanned, { tenantId, messageId: id })),
    );
    return { planned: made.length, isOver: false };
  });
}
