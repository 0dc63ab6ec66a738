import { and, desc, eq, inArray, lte } from "drizzle-orm";
import { controlExceptions, controlFacts } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import { latestEvidence } from "@/server/evidence";
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
  const names = CONTROLS.controls.map((each) => each.id);
  const exceptions = await tx
    .select()
    .from(controlExceptions)
    .where(and(eq(controlExceptions.tenantId, tenantId), inArray(controlExceptions.control, names)));
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
