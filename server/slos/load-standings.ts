import { and, asc, eq, isNull } from "drizzle-orm";
import { sloAlerts, sloMarks, slos, sloWindows } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";
import type { Standing } from "./domain/judge-slo";
import { periodAt } from "./domain/period";

type SloRow = typeof slos.$inferSelect;
type AlertRow = typeof sloAlerts.$inferSelect;

/** An objective as it stands at its watermark. */
export interface SloStanding {
  slo: SloRow;
  standing: Standing;
  watermark: Date;
  countedSince: Date;
  period: { from: Date; minutes: number };
  alerts: readonly AlertRow[];
}

const minutesBetween = (from: Date, to: Date) => Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000));

/** Every objective of a tenant as it stands, in the order of its sheet. */
export async function loadStandings(tx: Tx, tenantId: string): Promise<SloStanding[]> {
  const rows = await tx
    .select({ slo: slos, mark: sloMarks })
    .from(slos)
    .innerJoin(sloMarks, and(eq(sloMarks.tenantId, slos.tenantId), eq(sloMarks.sloId, slos.id)))
    .where(eq(slos.tenantId, tenantId))
    .orderBy(asc(slos.id));
  const windows = await tx.select().from(sloWindows).where(eq(sloWindows.tenantId, tenantId));
  const open = await tx
    .select()
    .from(sloAlerts)
    .where(and(eq(sloAlerts.tenantId, tenantId), isNull(sloAlerts.closedAt)))
    .orderBy(asc(sloAlerts.openedAt));
  return rows.map(({ slo, mark: { watermark, countedSince } }) => {
    const { from, minutes } = periodAt(slo.spec.window, watermark);
    const alerts = open.filter(({ sloId }) => sloId === slo.id);
    const own = windows.filter(({ sloId }) => sloId === slo.id);
    const standing: Standing = {
      spec: slo.spec,
      windows: new Map(own.map(({ name, good, total }) => [name, { good, total }])),
      ...{ periodMinutes: minutes, wasLastBad: null, on: new Set(alerts.map(({ ruleId }) => ruleId)) },
      countedMinutes: minutesBetween(countedSince, watermark),
      elapsedMinutes: minutesBetween(from, watermark),
    };
    return { slo, standing, watermark, countedSince, period: { from, minutes }, alerts };
  });
}

/** The tenant's objectives at large, as policy sees them. */
export async function loadObjectives({ ctx }: Pick<Scope, "ctx">) {
  return {
    resource: { subject: "slo" as const, tenantId: ctx.tenantId },
    subject: `tenant:${ctx.tenantId}`,
  };
}

const one = ({ ctx, tx }: Scope, sloId: string) =>
  tx
    .select()
    .from(slos)
    .where(and(eq(slos.tenantId, ctx.tenantId), eq(slos.id, sloId)));

async function found(scope: Scope, sloId: string, row: SloRow | undefined) {
  if (row === undefined) throw notFound("objective");
  return { ...(await loadObjectives(scope)), subject: `slo:${sloId}`, row };
}

/** One objective of the tenant; throws NotFound, for another tenant's alike. */
export async function loadSlo(scope: Scope, { sloId }: { sloId: string }) {
  const [row] = await one(scope, sloId);
  return found(scope, sloId, row);
}

/** The same, locked: who changes it takes turns with others, and with its edition's sheet. */
export async function loadSloForChange(scope: Scope, { sloId }: { sloId: string }) {
  const [row] = await one(scope, sloId).for("no key update");
  return found(scope, sloId, row);
}
