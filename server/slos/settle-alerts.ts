import { and, eq, isNull } from "drizzle-orm";
import { appendLinks } from "@/db/chain";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { sloAlerts, slos } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { closedFor } from "@/server/entitlements";
import { noteOnIncident, raiseIncident } from "@/server/incidents";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import type { ReceiptAction } from "@/server/receipts/domain/actions";
import type { AlertChange } from "./domain/judge-slo";
import { sloBreached, sloRecovered } from "./events";

interface SettleContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  tenantId: string;
}

/** An alert of one objective that came on, or went off. */
export type SloChange = AlertChange & { sloId: string };

interface Settled {
  action: ReceiptAction;
  alertId: string;
  incidentId: string | null;
  change: SloChange;
}

const factsOf = ({ sloId, ruleId, reason, figures }: SloChange) =>
  ({ sloId, rule: ruleId, reason, figures }) as unknown as Json;

/** The alert in a sentence: how much of what, in which time. */
function summaryOf({ ruleId, figures: { long, longBurn, factor } }: SloChange): string {
  const hours = long.minutes / 60;
  const rate =
    longBurn === null
      ? ""
      : `: a burn rate of ${longBurn.toFixed(1)}, above the ${factor.toFixed(1)} of the alert ${ruleId}`;
  return `${long.total - long.good} of ${long.total} were bad in ${hours} h${rate}.`;
}

/** Opens the objective's incident, or counts the alert on the one that is open; null for a tenant whose plan has none. */
async function raise(tx: Tx, ctx: SettleContext, change: SloChange, alertId: string): Promise<string | null> {
  const { tenantId } = ctx;
  const closed = await closedFor(tx, { tenantId, feature: "incident-automation", use: "change" }, ctx.clock.now());
  if (closed !== null) return null;
  const { sloId, severity } = change;
  const [slo] = await tx
    .select({ spec: slos.spec })
    .from(slos)
    .where(and(eq(slos.tenantId, tenantId), eq(slos.id, sloId)));
  const { incidentId } = await raiseIncident(tx, ctx, {
    ...{ key: `slo:${sloId}`, severity: severity === "page" ? "sev2" : "sev3", source: "slo" },
    title: `Objective at risk: ${slo?.spec.title ?? sloId}`,
    ...{ summary: summaryOf(change), sloId, alertId, isDrill: false, facts: factsOf(change) },
  });
  return incidentId;
}

async function open(tx: Tx, ctx: SettleContext, change: SloChange, minute: Date): Promise<Settled | null> {
  const { sloId, ruleId, severity, reason, figures } = change;
  const [made] = await tx
    .insert(sloAlerts)
    .values({
      ...{ tenantId: ctx.tenantId, id: ctx.newId("sloAlert"), sloId, ruleId, severity, reason, figures },
      openedAt: minute,
    })
    .onConflictDoNothing()
    .returning({ id: sloAlerts.id });
  if (made === undefined) return null;
  const incidentId = await raise(tx, ctx, change, made.id);
  if (incidentId !== null)
    await tx
      .update(sloAlerts)
      .set({ incidentId })
      .where(and(eq(sloAlerts.tenantId, ctx.tenantId), eq(sloAlerts.id, made.id)));
  return { action: "slo.breach", alertId: made.id, incidentId, change };
}

async function close(tx: Tx, ctx: SettleContext, change: SloChange, minute: Date): Promise<Settled | null> {
  const [gone] = await tx
    .update(sloAlerts)
    .set({ closedAt: minute })
    .where(
      and(
        eq(sloAlerts.tenantId, ctx.tenantId),
        eq(sloAlerts.sloId, change.sloId),
        eq(sloAlerts.ruleId, change.ruleId),
        isNull(sloAlerts.closedAt),
      ),
    )
    .returning({ id: sloAlerts.id, incidentId: sloAlerts.incidentId });
  if (gone === undefined) return null;
  const { id: alertId, incidentId } = gone;
  if (incidentId !== null)
    await noteOnIncident(tx, ctx, {
      ...{ incidentId, kind: "alert_cleared", source: "alert", facts: factsOf(change) },
      text: `The alert ${change.ruleId} went off: the budget does not burn too fast any more.`,
    });
  return { action: "slo.recover", alertId, incidentId, change };
}

/** Writes what changed about the alerts of one tenant, in one transaction. What stands so already is left. Gives the ids of those that came on. */
export function settleAlerts(
  ctx: SettleContext,
  changes: readonly SloChange[],
  minute: Date,
): Promise<{ opened: string[]; closed: number }> {
  const { tenantId, newId, requestId, clock } = ctx;
  return withTenant(ctx, async (tx) => {
    const settled: Settled[] = [];
    for (const change of changes) {
      const done = await (change.isOn ? open : close)(tx, ctx, change, minute);
      if (done !== null) settled.push(done);
    }
    const at = clock.now().toISOString();
    recordEvents(
      tx,
      tenantId,
      newId,
      settled.map(({ alertId, change: { sloId, severity, isOn } }) =>
        eventOf(isOn ? sloBreached : sloRecovered, { tenantId, alertId, sloId, severity }),
      ),
    );
    appendLinks(
      tx,
      "receipts",
      settled.map(({ action, alertId, incidentId, change: { sloId, ruleId, reason, figures } }) => ({
        ...{ tenantId, id: newId("receipt"), at, actor: "job:judge-slos", action, subject: `slo:${sloId}` },
        body: {
          requestId,
          detail: {
            alertId,
            incidentId,
            rule: ruleId,
            reason,
            figures,
            minute: minute.toISOString(),
          } as unknown as Json,
        },
      })),
    );
    const opened = settled.filter(({ change }) => change.isOn).map(({ alertId }) => alertId);
    return { opened, closed: settled.length - opened.length };
  });
}
