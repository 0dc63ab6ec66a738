import { and, desc, eq, lte } from "drizzle-orm";
import { controlFacts } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import { latestEvidence } from "@/server/evidence";
import { exceptionsOf } from "./exceptions-of";
import { type ControlStatus, statusOf } from "./domain/status";

/** Long enough for the longest cadence and its lateness. */
const REACH_MS = 400 * 86_400_000;

/** The state of every control for a tenant at a moment, of what was known then. */
export async function controlStatuses(
  tx: Tx,
  tenantId: string,
  at: Date,
): Promise<{ catalogueVersion: string; statuses: ControlStatus[] }> {
  const { control, probe, observedAt, id } = controlFacts;
  const facts = await tx
    .selectDistinctOn([control, probe])
    .from(controlFacts)
    .where(and(eq(controlFacts.tenantId, tenantId), lte(observedAt, at)))
    .orderBy(control, probe, desc(observedAt), desc(id));
  const kinds = [...new Set(CONTROLS.controls.flatMap(({ evidenceKinds }) => evidenceKinds))];
  const period = { from: new Date(at.getTime() - REACH_MS), to: new Date(at.getTime() + 1) };
  const items = await latestEvidence(tx, tenantId, { kinds, ...period });
  const exceptions = await exceptionsOf(tx, tenantId);
  const statuses = CONTROLS.controls.map((each) =>
    statusOf(
      each,
      {
        facts: facts.filter((fact) => fact.control === each.id),
        items,
        exceptions: exceptions.filter((exception) => exception.control === each.id),
      },
      at,
    ),
  );
  return { catalogueVersion: CONTROLS.version, statuses };
}
