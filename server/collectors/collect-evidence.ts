import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { evidenceItems, tenants } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import { closedFor } from "@/server/entitlements";
import { type CollectContext, type EvidenceKind, keepEvidence, storeEvidence } from "@/server/evidence";
import type { Clock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import type { BlobStore } from "@/server/platform/blob-store";
import type { Collected, Deployment } from "./collector";
import { COLLECTORS } from "./registry";
import { ofRunningRelease } from "./release";

/** How far back the first collection of a kind looks, and any of what has ended, in milliseconds. */
const REACH_MS = 30 * 86_400_000;
/** What was written before the last collection and was not to be seen then, as its transaction was still open, in milliseconds. */
const OVERLAP_MS = 300_000;

export interface CollectingContext extends CollectContext {
  database: Database;
  blobs: BlobStore;
  deployment: Deployment;
}

export const COLLECTED_KINDS: readonly EvidenceKind[] = COLLECTORS.map(({ kind }) => kind);

const ofKind = (tenantId: string, kind: EvidenceKind) =>
  and(eq(evidenceItems.tenantId, tenantId), eq(evidenceItems.kind, kind));

/** Where the collection before ended, however long ago, so that no moment is left between two. */
async function endOfLast(tx: Tx, tenantId: string, kind: EvidenceKind): Promise<Date | null> {
  const [last] = await tx
    .select({ to: evidenceItems.coversTo })
    .from(evidenceItems)
    .where(ofKind(tenantId, kind))
    .orderBy(desc(evidenceItems.collectedAt), desc(evidenceItems.id))
    .limit(1);
  return last?.to ?? null;
}

/** Of what ended, what was not collected before. */
async function notYetKept(tx: Tx, tenantId: string, kind: EvidenceKind, found: Collected[]): Promise<Collected[]> {
  const names = found.flatMap(({ once }) => once ?? []);
  const rows = await tx
    .select({ source: evidenceItems.source })
    .from(evidenceItems)
    .where(and(ofKind(tenantId, kind), inArray(evidenceItems.source, names)));
  const kept = new Set(rows.map(({ source }) => source));
  return found.filter(({ once }) => once === undefined || !kept.has(once));
}

/**
 * Collects one kind for a tenant, as one occasion: what is repeated under its name keeps nothing twice. Gives how many items
 * are new. Throws Unavailable when the store cannot take the bytes; what was kept before that stays.
 */
export async function collectKind(ctx: CollectingContext, kind: EvidenceKind, occasion: string): Promise<number> {
  const { tenantId, blobs, deployment } = ctx;
  const collector = must(
    COLLECTORS.find((one) => one.kind === kind),
    `${kind} is collected`,
  );
  const now = ctx.clock.now();
  const earliest = new Date(now.getTime() - REACH_MS);
  const found = await withTenant(ctx, async (tx) => {
    const last = collector.isOfEnded === true ? null : await endOfLast(tx, tenantId, kind);
    const from = last === null ? earliest : new Date(last.getTime() - OVERLAP_MS);
    return notYetKept(tx, tenantId, kind, await collector.collect({ tx, tenantId, blobs, deployment, from, now }));
  });
  let kept = 0;
  for (const { content, once, covers, ...about } of found) {
    const stored = await storeEvidence(
      { blobs },
      tenantId,
      Buffer.from(typeof content === "function" ? await content() : content),
    );
    const period = { coversFrom: covers?.from ?? null, coversTo: covers?.to ?? null };
    const item = { ...about, kind, ...stored, ...period, source: once ?? occasion };
    if ((await withTenant(ctx, (tx) => keepEvidence(tx, ctx, item))) !== null) kept += 1;
  }
  return kept;
}

/** Tenants for whom evidence is collected: those whose plan has the compliance pack now. */
export async function listCollecting({ database, clock }: { database: Database; clock: Clock }): Promise<string[]> {
  const everyTenant = await withSystem({ database }, "collect-evidence", (tx) =>
    tx.select({ tenantId: tenants.tenantId }).from(tenants).orderBy(tenants.tenantId),
  );
  const asked = { feature: "compliance-pack", use: "run" } as const;
  const collecting: string[] = [];
  for (const { tenantId } of everyTenant) {
    const now = clock.now();
    const closed = await withTenant({ database, tenantId }, (tx) => closedFor(tx, { tenantId, ...asked }, now));
    if (closed === null) collecting.push(tenantId);
  }
  return collecting;
}

/** What is kept of a release that begins to run, collected for every tenant; once, however often it is started. */
export async function collectRelease(
  deps: Pick<CollectingContext, "database" | "blobs" | "clock" | "newId" | "deployment">,
): Promise<void> {
  for (const tenantId of await listCollecting(deps)) {
    const ctx = { ...deps, tenantId, requestId: deps.newId("request"), actor: "job:collect-evidence" };
    for (const { kind } of ofRunningRelease) await collectKind(ctx, kind, `release:${deps.deployment.revision}`);
  }
}
