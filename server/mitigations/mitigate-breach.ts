import { and, eq, isNull } from "drizzle-orm";
import { incidents, mitigations, sloAlerts, slos } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { closedFor } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import { carryOut } from "./carry-out";
import { rulesFor } from "./domain/rule";
import { readFigures } from "./read-figures";
import { loadRules } from "./rules";

export interface MitigateContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  tenantId: string;
}

/**
 * Does what the tenant's rules say about an alert that came on, each rule once while its mitigation of the incident is on. Nothing for a
 * tenant whose plan has no incident automation, or for an alert that went off meanwhile. May be repeated. Returns the mitigations' ids.
 */
export async function mitigateBreach(ctx: MitigateContext, alertId: string): Promise<string[]> {
  const { tenantId } = ctx;
  const before = await readFigures(ctx, tenantId);
  return withTenant(ctx, async (tx) => {
    const [alert] = await tx
      .select({ alert: sloAlerts, sli: slos.sli, isDrill: incidents.isDrill })
      .from(sloAlerts)
      .innerJoin(slos, and(eq(slos.tenantId, sloAlerts.tenantId), eq(slos.id, sloAlerts.sloId)))
      .innerJoin(incidents, and(eq(incidents.tenantId, sloAlerts.tenantId), eq(incidents.id, sloAlerts.incidentId)))
      .where(and(eq(sloAlerts.tenantId, tenantId), eq(sloAlerts.id, alertId), isNull(sloAlerts.closedAt)))
      .for("update", { of: incidents });
    const incidentId = alert?.alert.incidentId ?? null;
    if (alert === undefined || incidentId === null) return [];
    const closed = await closedFor(tx, { tenantId, feature: "incident-automation", use: "change" }, ctx.clock.now());
    if (closed !== null) return [];
    const on = await tx
      .select({ ruleId: mitigations.ruleId })
      .from(mitigations)
      .where(
        and(eq(mitigations.tenantId, tenantId), eq(mitigations.incidentId, incidentId), isNull(mitigations.endedAt)),
      );
    const isOn = new Set(on.map(({ ruleId }) => ruleId));
    const { severity, ruleId: alertRule } = alert.alert;
    const { rules } = await loadRules(tx, tenantId);
    const done: string[] = [];
    for (const rule of rulesFor(rules, { sli: alert.sli, severity })) {
      if (isOn.has(rule.id)) continue;
      const reason = `The rule ${rule.id}, for the alert ${alertRule}.`;
      const wanted = {
        incidentId,
        lever: rule.lever,
        minutes: rule.minutes,
        reason,
        ruleId: rule.id,
        sli: alert.sli,
        before,
      };
      done.push(await carryOut(tx, { ...ctx, actor: "job:mitigate" }, { ...wanted, isDrill: alert.isDrill }));
    }
    return done;
  });
}
