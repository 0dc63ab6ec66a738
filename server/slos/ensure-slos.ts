import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { slos, tenants } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import type { GovernanceProfile } from "@/policies/access/vocabulary";
import { slosOf } from "@/policies/slos";
import type { Clock } from "@/server/kernel/clock";
import { eachOnItsOwn } from "@/server/platform/each-on-its-own";
import type { NewId } from "@/server/kernel/ids";
import { beginCounting, countOn } from "./begin-counting";
import { isSameCounting } from "./domain/same-counting";
import { editionOf } from "./domain/edition";
import { EDITIONS, type SloSpec } from "./domain/slo";

export interface EnsureContext {
  database: Database;
  clock: Clock;
  newId: NewId;
}

const sheetOf = (profile: GovernanceProfile): string => {
  const edition = editionOf(profile);
  return `${edition}@${slosOf(edition).version}`;
};

/** Tenants whose objectives are not those of their sheet, apart from what they have changed themselves. */
async function findBehind(database: Database): Promise<{ tenantId: string; profile: GovernanceProfile }[]> {
  const current = sql.join(
    EDITIONS.map((edition) => {
      const profile = `conductor-governance-${edition}`;
      return sql`(${profile}, ${`${edition}@${slosOf(edition).version}`}, ${slosOf(edition).slos.length}::int)`;
    }),
    sql`, `,
  );
  return withSystem({ database }, "judge-slos", async (tx) => {
    const { rows } = await tx.execute<{ tenant_id: string; profile: GovernanceProfile }>(sql`
      with sheets (profile, sheet, many) as (values ${current})
      select t.tenant_id, t.governance_profile as profile
      from ${tenants} t join sheets on sheets.profile = t.governance_profile
      where sheets.many <> (
        select count(*) from ${slos} s where s.tenant_id = t.tenant_id and (s.is_own or s.sheet = sheets.sheet))`);
    return rows.map(({ tenant_id: tenantId, profile }) => ({ tenantId, profile }));
  });
}

async function takeOver(tx: Tx, ctx: EnsureContext, tenantId: string, spec: SloSpec, sheet: string): Promise<void> {
  const now = ctx.clock.now();
  const row = { sli: spec.sli, spec, sheet, changedAt: now, changedBy: null };
  const [made] = await tx
    .insert(slos)
    .values({ tenantId, id: ctx.newId("slo"), createdAt: now, ...row })
    .onConflictDoNothing()
    .returning();
  if (made !== undefined)
    return beginCounting(tx, { tenantId, sloId: made.id, generation: made.generation, spec }, now);
  const [known] = await tx
    .select()
    .from(slos)
    .where(and(eq(slos.tenantId, tenantId), eq(slos.sli, spec.sli)))
    .for("no key update");
  if (known === undefined || known.isOwn || known.sheet === sheet) return;
  const isSame = isSameCounting(known.spec, spec);
  const generation = isSame ? known.generation : known.generation + 1;
  await tx
    .update(slos)
    .set({ ...row, generation })
    .where(and(eq(slos.tenantId, tenantId), eq(slos.id, known.id)));
  const begun = { tenantId, sloId: known.id, generation, spec };
  await (isSame ? countOn(tx, begun) : beginCounting(tx, begun, now));
}

/**
 * Gives every tenant the objectives of its edition's sheet: at once to a new tenant, and anew where the sheet or the
 * tenant's pack has changed. What a tenant has changed itself stays. May be repeated. Returns how many tenants it changed.
 */
export async function ensureSlos(ctx: EnsureContext): Promise<number> {
  const behind = await findBehind(ctx.database);
  await eachOnItsOwn(
    behind,
    ({ tenantId, profile }) =>
      withTenant({ ...ctx, tenantId }, async (tx) => {
        for (const spec of slosOf(editionOf(profile)).slos) await takeOver(tx, ctx, tenantId, spec, sheetOf(profile));
      }),
    { what: "giving objectives", nameOf: ({ tenantId }) => tenantId },
  );
  return behind.length;
}
