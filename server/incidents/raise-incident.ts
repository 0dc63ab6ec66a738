import { and, eq, gt, lte, ne, notInArray, sql } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import { incidents } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { unavailable } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import type { ReceiptAction } from "@/server/receipts/domain/actions";
import { addEntry } from "./add-entry";
import { type Severity, worseOf } from "./domain/severity";
import { move } from "./domain/status";
import type { AlertSource } from "./domain/timeline";
import { incidentOpened, incidentRepeated } from "./events";
import type { IncidentRow } from "./load";

/** Alerts of an incident that go on are told of once in so long (milliseconds). */
export const TELL_EVERY_MS = 30 * 60_000;

export interface RaiseContext {
  tenantId: string;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

export interface Alert {
  /** Deduplicates while the incident is not closed, such as `slo:<sloId>`. */
  key: string;
  severity: Severity;
  title: string;
  summary: string;
  source: AlertSource;
  sloId: string | null;
  alertId: string | null;
  isDrill: boolean;
  facts: Json;
}

function leaveReceipt(tx: Tx, ctx: RaiseContext, action: ReceiptAction, incidentId: string, detail: Json): void {
  appendLink(tx, "receipts", {
    ...{ tenantId: ctx.tenantId, id: ctx.newId("receipt"), at: ctx.clock.now().toISOString(), actor: "system", action },
    ...{ subject: `incident:${incidentId}`, body: { requestId: ctx.requestId, detail } },
  });
}

/** Opens a new incident; null where another one has this key by now. */
async function open(tx: Tx, ctx: RaiseContext, alert: Alert): Promise<string | null> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const id = ctx.newId("incident");
  const made = await tx
    .insert(incidents)
    .values({
      ...{ tenantId, id, ...alert, status: "open", alertCount: 1, lastAlertAt: now, toldAt: now },
      ...{ openedBy: "system", openedAt: now },
    })
    .onConflictDoNothing({ target: [incidents.tenantId, incidents.key], where: sql`status <> 'closed'` })
    .returning({ id: incidents.id });
  if (made.length === 0) return null;
  const { severity, title, summary, source, facts, key, isDrill } = alert;
  await addEntry(tx, ctx, { incidentId: id, kind: "opened", source: "alert", actor: "system", text: summary, facts });
  recordEvents(tx, tenantId, ctx.newId, [eventOf(incidentOpened, { tenantId, incidentId: id, episode: 1 })]);
  leaveReceipt(tx, ctx, "incident.open", id, { title, severity, source, key, isDrill });
  return id;
}

/** Counts an alert that changes nothing else, in one statement, as there may be thousands; null where it is no mere repeat. */
async function countRepeat(
  tx: Tx,
  { tenantId, clock }: RaiseContext,
  { key, severity }: Alert,
): Promise<string | null> {
  const now = clock.now();
  const [counted] = await tx
    .update(incidents)
    .set({ alertCount: sql`${incidents.alertCount} + 1`, lastAlertAt: now })
    .where(
      and(
        ...[
          eq(incidents.tenantId, tenantId),
          eq(incidents.key, key),
          notInArray(incidents.status, ["resolved", "closed"]),
        ],
        // The words sort as they mean.
        ...[lte(incidents.severity, severity), gt(incidents.toldAt, new Date(now.getTime() - TELL_EVERY_MS))],
      ),
    )
    .returning({ id: incidents.id });
  return counted?.id ?? null;
}

/** Counts one that may change more: what is different than before, the timeline and a receipt say. */
async function count(tx: Tx, ctx: RaiseContext, incident: IncidentRow, alert: Alert): Promise<void> {
  const { tenantId } = ctx;
  const { id: incidentId, severity: was } = incident;
  const now = ctx.clock.now();
  const severity = worseOf(was, alert.severity);
  const reopened = incident.status === "resolved" ? move("resolved", "open", incident, now) : null;
  const isReopened = reopened?.ok === true;
  // Whoever took on what was small did not take on what it has become: somebody is told anew.
  const isWorse = severity !== was;
  const isAnew = isReopened || isWorse;
  const isToldAgain = isAnew || now.getTime() - incident.toldAt.getTime() >= TELL_EVERY_MS;
  const alertCount = incident.alertCount + 1;
  const episode = incident.episode + (isAnew ? 1 : 0);
  await tx
    .update(incidents)
    .set({
      ...(isWorse ? { acknowledgedBy: null, acknowledgedAt: null } : {}),
      ...(isReopened ? { ...reopened.changes, status: "open" as const } : {}),
      episode,
      ...{ severity, alertCount, lastAlertAt: now, ...(isToldAgain ? { toldAt: now } : {}) },
    })
    .where(and(eq(incidents.tenantId, tenantId), eq(incidents.id, incidentId)));
  const entry = { incidentId, source: "alert", actor: "system", facts: alert.facts } as const;
  if (isReopened) {
    await addEntry(tx, ctx, { ...entry, kind: "reopened", text: alert.summary });
    leaveReceipt(tx, ctx, "incident.move", incidentId, { from: "resolved", to: "open" });
  }
  if (isWorse) {
    await addEntry(tx, ctx, { ...entry, kind: "severity", text: `From ${was} to ${severity}: ${alert.summary}` });
    leaveReceipt(tx, ctx, "incident.rate", incidentId, { from: was, to: severity });
  }
  if (!isToldAgain) return;
  if (!isAnew)
    await addEntry(tx, ctx, { ...entry, kind: "alert", text: `Goes on: ${alertCount} alerts by now.`, facts: {} });
  const news = { tenantId, incidentId, episode };
  recordEvents(tx, tenantId, ctx.newId, [
    isAnew ? eventOf(incidentOpened, news) : eventOf(incidentRepeated, { ...news, alertCount }),
  ]);
}

/** As long as it takes to meet an incident that is closed and opened again meanwhile. */
const TRIES = 5;

/**
 * Opens an incident, or counts one more alert on the one that has this key and is not closed; one that is resolved is open
 * again. A later alert makes it worse, never better; one that does is told of anew, whoever had taken the incident on. Never two with one key that are not closed, however many race: a unique
 * index holds that. `tx` is one of the tenant's (`withTenant`), and whoever calls has asked whether the tenant has
 * `incident-automation`.
 */
export async function raiseIncident(
  tx: Tx,
  ctx: RaiseContext,
  alert: Alert,
): Promise<{ incidentId: string; isNew: boolean }> {
  const repeated = await countRepeat(tx, ctx, alert);
  if (repeated !== null) return { incidentId: repeated, isNew: false };
  for (let tried = 0; tried < TRIES; tried += 1) {
    const [known] = await tx
      .select()
      .from(incidents)
      .where(and(eq(incidents.tenantId, ctx.tenantId), eq(incidents.key, alert.key), ne(incidents.status, "closed")))
      .for("update");
    if (known !== undefined) {
      await count(tx, ctx, known, alert);
      return { incidentId: known.id, isNew: false };
    }
    const made = await open(tx, ctx, alert);
    if (made !== null) return { incidentId: made, isNew: true };
  }
  throw unavailable("The incident was closed and opened again by others meanwhile. Try again.");
}
