import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import { workflows } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { type Environment, RISK_PROFILES, type RiskProfile } from "@/policies/access/vocabulary";

/** Published workflows of this risk or a higher one, in an environment where one is named. */
export function findRisky(
  tx: Tx,
  tenantId: string,
  { risk, environment }: { risk: RiskProfile; environment?: Environment | undefined },
): Promise<(typeof workflows.$inferSelect)[]> {
  const risks = RISK_PROFILES.slice(RISK_PROFILES.indexOf(risk));
  return tx
    .select()
    .from(workflows)
    .where(
      and(
        ...[eq(workflows.tenantId, tenantId), isNotNull(workflows.publishedVersionId)],
        inArray(workflows.riskProfile, risks),
        environment === undefined ? undefined : eq(workflows.environment, environment),
      ),
    )
    .orderBy(asc(workflows.id));
}
