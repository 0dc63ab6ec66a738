import { and, eq } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { drills, slos, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { requireFeature } from "@/server/entitlements";
import { closeDrill, messagesOf, planMessages, raiseIncident, timelineOf } from "@/server/incidents";
import type { Clock } from "@/server/kernel/clock";
import { must, preconditionFailed } from "@/server/kernel/errors";
import type { NewId } from "@/server/kernel/ids";
import { digestText, type Json } from "@/server/kernel/json";
import { drillRules, measureMitigation, rehearse, undoDrill } from "@/server/mitigations";
import { ensureSlos } from "@/server/slos";
import { PERIOD } from "@/server/slos/domain/alert";
import { type AlertChange, judgeSlo } from "@/server/slos/domain/judge-slo";
import { periodAt } from "@/server/slos/domain/period";
import type { SloSpec } from "@/server/slos/domain/slo";
import { type DrillNotification, type Durations, gradeOf } from "./domain/drill";
import { type DrillRecord, drillReport } from "./domain/report";

export interface DrillContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  tenantId: string;
  /** Who has it run, as receipts name actors. */
  actor: string;
  /** Sends a message that was planned. Throws while its channel takes nothing. */
  send: (messageId: string) => Promise<unknown>;
}

/** Runs of the simulated outage: as many as every guard asks for, all of them failed. */
const SIMULATED = 20;

/** The alert that an outage of everything brings, judged as each minute is; of windows that no budget knows. */
function simulate(spec: SloSpec, now: Date): AlertChange {
  const lengths = spec.alerts.flatMap(({ longMinutes, shortMinutes }) => [longMinutes, shortMinutes]);
  const outage = { good: 0, total: SIMULATED };
  const names = [...new Set([...lengths, spec.backstop.windowMinutes].map(String)), PERIOD];
  const { minutes } = periodAt(spec.window, now);
  const verdicts = judgeSlo({
    ...{ spec, windows: new Map(names.map((name) => [name, outage])), on: new Set<string>(), wasLastBad: true },
    ...{ periodMinutes: minutes, countedMinutes: minutes, elapsedMinutes: minutes },
  });
  return must(
    verdicts.find(({ isOn, severity }) => isOn && severity === "page"),
    "an outage of everything pages",
  );
}

async function findSpec(ctx: DrillContext) {
  await ensureSlos(ctx);
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const [slo] = await tx
      .select({ id: slos.id, spec: slos.spec })
      .from(slos)
      .where(and(eq(slos.tenantId, tenantId), eq(slos.sli, "workflow-success")));
    const [tenant] = await tx.select({ name: tenants.name }).from(tenants).where(eq(tenants.tenantId, tenantId));
    if (slo === undefined || tenant === undefined)
      throw preconditionFailed("This tenant has no objectives yet. They are there within a minute.");
    return { ...slo, tenantName: tenant.name };
  });
}

/** Milliseconds for which a message that somebody else has in hand is waited for. */
const IN_HAND_MS = 15_000;
const LOOK_EVERY_MS = 200;

const messagesNow = (ctx: DrillContext, incidentId: string) =>
  withTenant(ctx, (tx) => messagesOf(tx, ctx.tenantId, incidentId));

/** Waits until every message is sent or given up: the executor sends them too, whoever is first. */
async function untilSettled(ctx: DrillContext, incidentId: string) {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const messages = await messagesNow(ctx, incidentId);
    const isOpen = messages.some(({ sentAt, failure }) => sentAt === null && failure === null);
    if (!isOpen || waited >= IN_HAND_MS) return messages;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function notify(ctx: DrillContext, incidentId: string): Promise<DrillNotification[]> {
  await planMessages(ctx, { incidentId, episode: 1, occasion: "opened", level: 0 });
  const why = new Map<string, string>();
  for (const { id } of await messagesNow(ctx, incidentId))
    await ctx.send(id).catch((error: unknown) => {
      why.set(id, error instanceof Error ? error.message : String(error));
    });
  const messages = why.size > 0 ? await messagesNow(ctx, incidentId) : await untilSettled(ctx, incidentId);
  return messages.map(({ id, channel, userId, sentAt, failure }) => ({
    ...{ channel, userId, state: sentAt === null ? "not sent" : "sent" },
    why: sentAt === null ? (failure ?? why.get(id) ?? "nobody has sent it") : null,
  }));
}

/**
 * Runs a drill: a simulated breach takes the way of a real one, from the alert to the end of its incident, and no budget, run
 * or customer notices. Its record and report stay, with a receipt that holds the report's digest. Throws NotEntitled without incident automation.
 */
export async function runDrill(ctx: DrillContext): Promise<DrillRecord & { report: string }> {
  const { tenantId, clock, newId, requestId, actor } = ctx;
  await withTenant(ctx, (tx) => requireFeature(tx, tenantId, "incident-automation", clock.now()));
  const { id: sloId, spec, tenantName } = await findSpec(ctx);
  const [drillId, startedAt, began] = [newId("drill"), clock.now(), performance.now()];
  const since = () => Math.round(performance.now() - began);

  const alert = simulate(spec, startedAt);
  const detected = since();
  const { incidentId } = await withTenant(ctx, (tx) =>
    raiseIncident(tx, ctx, {
      ...{ key: `drill:${drillId}`, severity: "sev2", title: `Drill: ${spec.title}`, source: "drill", sloId },
      summary: `A drill: the alert ${alert.ruleId} of a simulated outage.`,
      ...{ alertId: null, isDrill: true, facts: { drill: drillId, figures: alert.figures } as unknown as Json },
    }),
  );
  const opened = since();
  const notifications = await notify(ctx, incidentId);
  const notified = notifications.length > 0 && notifications.every(({ state }) => state === "sent") ? since() : null;

  const mitigatedFrom = performance.now();
  const rules = await withTenant(ctx, (tx) => drillRules(tx, tenantId, { sli: spec.sli, severity: "page" }));
  const ids = await rehearse(ctx, { incidentId, rules });
  // Mitigations begin with the alert, beside the messages: their time is counted from there.
  const mitigated = ids.length === 0 ? null : opened + Math.round(performance.now() - mitigatedFrom);
  for (const id of ids) await measureMitigation(ctx, id);
  const measured = ids.length === 0 ? null : opened + Math.round(performance.now() - mitigatedFrom);
  const mitigations = await undoDrill(ctx, ids);
  const undone = since();
  await withTenant(ctx, (tx) => closeDrill(tx, ctx, incidentId));
  const durations: Durations = { detected, opened, notified, mitigated, measured, undone, resolved: since() };

  const entries = await withTenant(ctx, (tx) => timelineOf(tx, tenantId, incidentId));
  const record: DrillRecord = {
    ...{ drillId, tenantName, incidentId, startedAt: startedAt.toISOString(), startedBy: actor },
    ...{ durations, notifications, mitigations, ...gradeOf(durations, { notifications, mitigations }) },
    timeline: entries.map(({ at, kind, source, text }) => ({ at: at.toISOString(), kind, source, text })),
  };
  const report = drillReport(record);
  const reportDigest = digestText(report);
  await withTenant(ctx, async (tx) => {
    const ended = { startedBy: actor, startedAt, endedAt: clock.now() };
    await tx
      .insert(drills)
      .values({ tenantId, id: drillId, incidentId, grade: record.grade, record, reportDigest, ...ended });
    appendLink(tx, "receipts", {
      ...{ tenantId, id: newId("receipt"), at: clock.now().toISOString(), actor, action: "drill.run" },
      ...{ subject: `incident:${incidentId}` },
      body: { requestId, detail: { drill: drillId, grade: record.grade, durations, reportDigest } },
    });
  });
  return { ...record, report };
}
