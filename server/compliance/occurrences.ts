import { and, asc, eq, gte, lt } from "drizzle-orm";
import { controlFacts, tenants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import { listEvidence } from "@/server/evidence";
import { must } from "@/server/kernel/errors";
import { type ControlOccurrences, type Period, stretchesOf, turnsIn } from "./domain/turns";

/** The part of a period that can have been shown: since the tenant is there, and until now. Null where there is none. */
async function lived(tx: Tx, tenantId: string, { from, to }: Period, now: Date): Promise<Period | null> {
  const [row] = await tx.select({ createdAt: tenants.createdAt }).from(tenants).where(eq(tenants.tenantId, tenantId));
  const { createdAt } = must(row, "the tenant is there");
  const period = { from: createdAt > from ? createdAt : from, to: now < to ? now : to };
  return period.from < period.to ? period : null;
}

async function foundIn(tx: Tx, tenantId: string, { from, to }: Period) {
  const { control, probe, outcome, observedAt } = controlFacts;
  const facts = await tx
    .select({ control, probe, outcome, observedAt })
    .from(controlFacts)
    .where(and(eq(controlFacts.tenantId, tenantId), gte(observedAt, from), lt(observedAt, to)))
    .orderBy(asc(observedAt));
  const kinds = [...new Set(CONTROLS.controls.flatMap(({ evidenceKinds }) => evidenceKinds))];
  return { facts, items: await listEvidence(tx, tenantId, { kinds, from, to }) };
}

/**
 * The occurrences of every control in the part of a period that the tenant has lived; null where it has lived none of it. A tenant
 * is expected to show something since it was founded, and nothing ahead.
 */
export async function occurrencesOf(
  tx: Tx,
  tenantId: string,
  asked: Period,
  now: Date,
): Promise<{ period: Period; rows: ControlOccurrences[] } | null> {
  const period = await lived(tx, tenantId, asked, now);
  if (period === null) return null;
  const { facts, items } = await foundIn(tx, tenantId, period);
  const rows = CONTROLS.controls.map((control) => {
    const own = facts.filter((fact) => fact.control === control.id);
    const turns = turnsIn(control, { facts: own, items }, period);
    const count = (state: (typeof turns)[number]) => turns.filter((each) => each === state).length;
    return {
      ...{ control: control.id, expected: turns.length, observed: turns.length - count("missed") },
      ...{ failed: count("failed"), stretches: stretchesOf(turns, control.cadenceDays, period) },
    };
  });
  return { period, rows };
}
