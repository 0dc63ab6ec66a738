import { and, eq, inArray, sql } from "drizzle-orm";
import { sloAlerts, slos } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { runbookHref, sloRunbook } from "@/server/guides/domain/alerts";
import type { IncidentRow } from "./load";

/**
 * What to do about each of a tenant's incidents, as the address of a page in the app: the runbook of its objective, at the
 * most urgent rule that is on, else that was; of any incident, where it has none.
 */
export async function runbooksOf(
  tx: Tx,
  tenantId: string,
  rows: readonly Pick<IncidentRow, "id" | "sloId">[],
): Promise<(incident: Pick<IncidentRow, "id" | "sloId">) => string> {
  const sloIds = rows.flatMap(({ sloId }) => sloId ?? []);
  const objectives =
    sloIds.length === 0
      ? []
      : await tx
          .select({ id: slos.id, sli: slos.sli })
          .from(slos)
          .where(and(eq(slos.tenantId, tenantId), inArray(slos.id, sloIds)));
  const ids = rows.map(({ id }) => id);
  const alerts =
    objectives.length === 0
      ? []
      : await tx
          .selectDistinctOn([sloAlerts.incidentId], { incidentId: sloAlerts.incidentId, rule: sloAlerts.ruleId })
          .from(sloAlerts)
          .where(and(eq(sloAlerts.tenantId, tenantId), inArray(sloAlerts.incidentId, ids)))
          // The words sort as they are urgent.
          .orderBy(sloAlerts.incidentId, sql`${sloAlerts.closedAt} is not null`, sloAlerts.severity, sloAlerts.ruleId);
  return ({ id, sloId }) => {
    const sli = objectives.find((objective) => objective.id === sloId)?.sli;
    if (sli === undefined) return runbookHref("incident-opened");
    return sloRunbook(sli, alerts.find(({ incidentId }) => incidentId === id)?.rule);
  };
}
