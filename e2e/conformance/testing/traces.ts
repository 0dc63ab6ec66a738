import { asc, eq } from "drizzle-orm";
import { receipts, runs, runSteps, usageLedger } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { TenantContext } from "@/server/verb";

export type Traces = Readonly<
  Record<"runs" | "steps" | "usage" | "receipts", readonly Readonly<Record<string, unknown>>[]>
>;

/**
 * The same text with everything left out that two runs cannot share: ids become their place among those of their kind,
 * moments and the hashes that stand over them a word.
 */
function withoutIdentity(value: Traces): Traces {
  const places = new Map<string, string>();
  const text = JSON.stringify(value)
    .replaceAll(/\b([a-z]{2,5})_([0-9a-f]{32})\b/g, (id, kind: string) => {
      const known =
        places.get(id) ?? `${kind}-${[...places.keys()].filter((each) => each.startsWith(`${kind}_`)).length}`;
      places.set(id, known);
      return known;
    })
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, "moment")
    // Of an input that names ids; what the engine calls its own run; when the target answered.
    .replaceAll(/"inputDigest":"sha256:[0-9a-f]{64}"/g, '"inputDigest":"digest"')
    .replaceAll(/"requestId":"(?!req-)[^"]+"/g, '"requestId":"run of the engine"')
    .replaceAll(/"date":"[^"]+GMT"/g, '"date":"moment"');
  return JSON.parse(text) as Traces;
}

/** All that a tenant's runs left behind, in an order that does not depend on who was first by a millisecond. */
export async function tracesOf(ctx: TenantContext): Promise<Traces> {
  const rows = await withTenant(ctx, async (tx) => ({
    runs: await tx
      .select()
      .from(runs)
      .where(eq(runs.tenantId, ctx.tenantId))
      .orderBy(asc(runs.createdAt), asc(runs.id)),
    steps: await tx
      .select({ step: runSteps, depth: runs.depth })
      .from(runSteps)
      .innerJoin(runs, eq(runs.id, runSteps.runId))
      .where(eq(runSteps.tenantId, ctx.tenantId))
      .orderBy(asc(runs.createdAt), asc(runSteps.stepId)),
    usage: await tx
      .select({ row: usageLedger })
      .from(usageLedger)
      .innerJoin(runs, eq(runs.id, usageLedger.runId))
      .where(eq(usageLedger.tenantId, ctx.tenantId))
      .orderBy(asc(runs.createdAt), asc(usageLedger.stepId)),
    receipts: await tx.select().from(receipts).where(eq(receipts.tenantId, ctx.tenantId)).orderBy(asc(receipts.seq)),
  }));
  return withoutIdentity({
    runs: rows.runs,
    // Steps that go on side by side begin in no order that anybody promises.
    steps: rows.steps.map(({ step: { position: _position, ...step } }) => step),
    usage: rows.usage.map(({ row }) => row),
    receipts: rows.receipts.map(({ hash: _hash, previousHash: _previous, ...receipt }) => receipt),
  });
}
