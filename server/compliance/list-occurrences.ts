import { and, asc, eq, gte, lt } from "drizzle-orm";
import { controlFacts, tenants } from "@/db/schema";
import { CONTROLS } from "@/policies/controls";
import { listEvidence, loadEvidence } from "@/server/evidence";
import { must } from "@/server/kernel/errors";
import { defineRead, type Scope } from "@/server/verb";
import { type Period, stretchesOf, turnsIn } from "./domain/turns";
import { periodSchema } from "./schemas";

/** The part of a period that can have been shown: since the tenant is there, and until now. Null where there is none. */
async function lived({ ctx, tx, now }: Scope, { from, to }: Period): Promise<Period | null> {
  const [row] = await tx
    .select({ createdAt: tenants.createdAt })
    .from(tenants)
    .where(eq(tenants.tenantId, ctx.tenantId));
  const { createdAt } = must(row, "the tenant is there");
  const period = { from: createdAt > from ? createdAt : from, to: now < to ? now : to };
  return period.from < period.to ? period : null;
}

async function foundIn({ ctx: { tenantId }, tx }: Scope, { from, to }: Period) {
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
 * Of each control how often it was to be shown in a period, in how many of its turns it was, and the turns as stretches. A
 * tenant is expected to show something since it was founded, and nothing ahead: of a period without either, nothing.
 */
export const listOccurrences = defineRead({
  action: "evidence.read",
  input: periodSchema,
  load: loadEvidence,
  read: async (scope, asked) => {
    const period = await lived(scope, asked);
    if (period === null) return { from: asked.from.toISOString(), to: asked.to.toISOString(), rows: [] };
    const { facts, items } = await foundIn(scope, period);
    const rows = CONTROLS.controls.map((control) => {
      const own = facts.filter((fact) => fact.control === control.id);
      const turns = turnsIn(control, { facts: own, items }, period);
      const count = (state: (typeof turns)[number]) => turns.filter((each) => each === state).length;
      return {
        ...{ control: control.id, expected: turns.length, observed: turns.length - count("missed") },
        failed: count("failed"),
        stretches: stretchesOf(turns, control.cadenceDays, period).map(({ from, to, ...stretch }) => ({
          ...{ ...stretch, from: from.toISOString(), to: to.toISOString() },
        })),
      };
    });
    return { from: period.from.toISOString(), to: period.to.toISOString(), rows };
  },
});
