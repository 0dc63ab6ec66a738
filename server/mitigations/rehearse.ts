import { and, eq, inArray } from "drizzle-orm";
import { mitigations } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { carryOut, type MitigationContext } from "./carry-out";
import { type Figures, leverWords } from "./domain/mitigation";
import { type MitigationRule, rulesFor } from "./domain/rule";
import { endMitigation } from "./end-mitigation";
import { readFigures } from "./read-figures";
import { loadRules } from "./rules";

type RehearsalContext = MitigationContext & { database: Database };

/** The rules of a tenant that such an alert would call for. */
export const drillRules = async (
  tx: Tx,
  tenantId: string,
  alert: { sli: string; severity: "page" | "ticket" },
): Promise<MitigationRule[]> => rulesFor((await loadRules(tx, tenantId)).rules, alert);

/** Carries out what rules say for the incident of a drill: on the same way, and holding nothing back. */
export async function rehearse(
  ctx: RehearsalContext,
  { incidentId, rules }: { incidentId: string; rules: readonly MitigationRule[] },
): Promise<string[]> {
  const before = await readFigures(ctx, ctx.tenantId);
  return withTenant(ctx, async (tx) => {
    const ids: string[] = [];
    for (const { id: ruleId, lever, minutes } of rules) {
      const wanted = { incidentId, lever, minutes, reason: "A drill.", ruleId, sli: null, isDrill: true, before };
      ids.push(await carryOut(tx, ctx, wanted));
    }
    return ids;
  });
}

/** What a rehearsed mitigation came to. */
export interface Rehearsed {
  words: string;
  wouldHold: number;
  before: Figures;
  after: Figures | null;
}

/** Takes back what a drill has rehearsed, and says what it came to. */
export async function undoDrill(ctx: RehearsalContext, ids: readonly string[]): Promise<Rehearsed[]> {
  if (ids.length === 0) return [];
  const now = await readFigures(ctx, ctx.tenantId);
  return withTenant(ctx, async (tx) => {
    for (const id of ids) await endMitigation(tx, ctx, { id, end: "undone", now });
    const rows = await tx
      .select()
      .from(mitigations)
      .where(and(eq(mitigations.tenantId, ctx.tenantId), inArray(mitigations.id, [...ids])))
      .orderBy(mitigations.id);
    return rows.map(({ lever, wouldHold, before, after }) => ({ words: leverWords(lever), wouldHold, before, after }));
  });
}
