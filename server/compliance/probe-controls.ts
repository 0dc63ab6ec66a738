import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "@/db/client";
import { controlCollections, controlFacts } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import { type CollectContext, keepEvidence, storeEvidence } from "@/server/evidence";
import { canonicalJson } from "@/server/kernel/json";
import type { BlobStore } from "@/server/platform/blob-store";
import { log } from "@/server/platform/log";
import type { ProbeName } from "./domain/words";
import { PROBE_OF } from "./probes";
import { type Found, unknown } from "./probes/probe";

export interface ProbingContext extends CollectContext {
  database: Database;
  blobs: BlobStore;
}

/** Each probe with the control that it is about; a probe is of one control, so that one fault turns one control. */
export const PROBED: readonly { control: string; probe: ProbeName }[] = CONTROLS.controls.flatMap(({ id, probes }) =>
  probes.map((probe) => ({ control: id, probe })),
);

/** Runs a probe in the caller's transaction. What throws is unknown, never a pass. */
export async function runProbe(tx: Tx, probe: ProbeName, about: { tenantId: string; now: Date }): Promise<Found> {
  try {
    return await PROBE_OF[probe]({ tx, ...about });
  } catch (error) {
    // What a database says of a fault may name more than the tenant's own.
    log().error({ probe, error: String(error) }, "a probe could not look");
    return unknown("The probe could not look.");
  }
}

/** A look takes seconds: one that is open for this long has died, and what it found is not taken for new. */
const DEAD_AFTER_MS = 600_000;

/** Begins a look at all controls of a tenant; where one is under way, gives that one, which needs nobody to begin it again. */
export async function beginCollection(
  tx: Tx,
  { tenantId, newId, now, askedBy }: { tenantId: string; newId: CollectContext["newId"]; now: Date; askedBy: string },
): Promise<{ collectionId: string; isNew: boolean }> {
  const open = and(eq(controlCollections.tenantId, tenantId), isNull(controlCollections.endedAt));
  const [under] = await tx.select().from(controlCollections).where(open);
  if (under !== undefined && now.getTime() - under.askedAt.getTime() < DEAD_AFTER_MS)
    return { collectionId: under.id, isNew: false };
  await tx.update(controlCollections).set({ endedAt: now }).where(open);
  const id = newId("controlCollection");
  await tx.insert(controlCollections).values({
    ...{ tenantId, id, askedBy, askedAt: now, done: 0, total: PROBED.length, catalogue: CONTROLS.version },
  });
  return { collectionId: id, isNew: true };
}

/**
 * Runs every probe for a tenant, each in a transaction of its own, and keeps what it found. Repeated, it keeps what was found
 * first; a look that has ended is left as it is.
 */
export async function probeControls(ctx: ProbingContext, collectionId: string): Promise<{ failing: number }> {
  const { tenantId, clock, newId } = ctx;
  const own = and(eq(controlCollections.tenantId, tenantId), eq(controlCollections.id, collectionId));
  const [look] = await withTenant(ctx, (tx) => tx.select().from(controlCollections).where(own));
  if (look === undefined || look.endedAt !== null) return { failing: 0 };
  for (const [nth, { control, probe }] of PROBED.entries()) {
    const now = clock.now();
    // In a transaction of its own: one that Postgres gives up keeps nothing.
    const found = await withTenant(ctx, (tx) => runProbe(tx, probe, { tenantId, now }));
    const fact = { tenantId, id: newId("controlFact"), collectionId, control, probe, ...found, observedAt: now };
    await withTenant(ctx, async (tx) => {
      await tx.insert(controlFacts).values(fact).onConflictDoNothing();
      await tx
        .update(controlCollections)
        .set({ done: nth + 1 })
        .where(own);
    });
  }
  return endCollection(ctx, collectionId);
}

/** Keeps what all probes found as one piece of evidence, and ends the look. */
async function endCollection(ctx: ProbingContext, collectionId: string): Promise<{ failing: number }> {
  const { tenantId, blobs, clock } = ctx;
  const ours = and(eq(controlFacts.tenantId, tenantId), eq(controlFacts.collectionId, collectionId));
  const rows = await withTenant(ctx, (tx) => tx.select().from(controlFacts).where(ours).orderBy(controlFacts.control));
  const found = rows.map(({ control, probe, outcome, reason, facts, observedAt }) => ({
    ...{ control, probe, outcome, reason, facts, observedAt: observedAt.toISOString() },
  }));
  const counts = { pass: 0, fail: 0, unknown: 0 };
  for (const { outcome } of found) counts[outcome] += 1;
  const document = { catalogue: CONTROLS.version, collection: collectionId, counts, found };
  const stored = await storeEvidence({ blobs }, tenantId, Buffer.from(`${canonicalJson(document)}\n`, "utf8"));
  await withTenant(ctx, async (tx) => {
    await keepEvidence(tx, ctx, {
      ...{
        kind: "control-probes",
        subject: "controls",
        fileName: "control-probes.json",
        mediaType: "application/json",
      },
      ...{ title: `${counts.pass} of ${found.length} probes hold`, ...stored, facts: counts },
      ...{ coversFrom: null, coversTo: null, source: `collection:${collectionId}` },
    });
    const own = and(eq(controlCollections.tenantId, tenantId), eq(controlCollections.id, collectionId));
    await tx.update(controlCollections).set({ endedAt: clock.now() }).where(own);
  });
  return { failing: counts.fail };
}

/** Begins the daily look at a tenant's controls. */
export const beginDaily = (
  ctx: Pick<ProbingContext, "database" | "tenantId" | "clock" | "newId">,
  askedBy: string,
): Promise<string> =>
  withTenant(ctx, async (tx) => {
    const { tenantId, newId } = ctx;
    return (await beginCollection(tx, { tenantId, newId, now: ctx.clock.now(), askedBy })).collectionId;
  });
