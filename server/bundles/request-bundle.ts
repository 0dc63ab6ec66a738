import { and, desc, eq, gt, inArray, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { bundles } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { loadEvidence } from "@/server/evidence";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid } from "@/server/kernel/errors";
import { type DomainEvent, eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { nameReferences } from "@/server/receipts";
import { defineRead, defineWrite } from "@/server/verb";
import { asOfFor } from "./build-bundle";
import { readBundle } from "./bundle-file";
import { type BundleTag, bundleFolder } from "./domain/format";
import { bundleRequested } from "./events";
import { loadBundle } from "./load";
import { bundleSchema, listBundlesSchema, requestBundleSchema } from "./schemas";

type BundleRow = typeof bundles.$inferSelect;

/** An ask that is open for this long is not waited for. */
const DEAD_AFTER_MS = 3_600_000;

interface Ask {
  tag: BundleTag;
  from: Date;
  to: Date;
  isDryRun: boolean;
}

/**
 * Keeps that a bundle is asked for, in the caller's transaction, and gives the event that has it built. Throws Invalid for a
 * period that ends before it begins or has not begun, Conflict while another is being built.
 */
export async function keepRequest(
  tx: Tx,
  { tenantId, newId, now, requestedBy }: { tenantId: string; newId: NewId; now: Date; requestedBy: string },
  { tag, from, to, isDryRun }: Ask,
): Promise<{ bundleId: string; event: DomainEvent }> {
  if (from >= to || from >= now)
    throw invalid("The period must begin before it ends, and in the past.", { field: "from" });
  const open = inArray(bundles.status, ["requested", "building"]);
  const [other] = await tx
    .select({ id: bundles.id })
    .from(bundles)
    .where(and(eq(bundles.tenantId, tenantId), open, gt(bundles.requestedAt, new Date(now.getTime() - DEAD_AFTER_MS))))
    .limit(1);
  if (other !== undefined) throw conflict("A bundle is being built. Ask again once it is there.");
  const bundleId = newId("bundle");
  await tx.insert(bundles).values({
    ...{ tenantId, id: bundleId, tag, isDryRun, periodFrom: from, periodTo: to, asOf: asOfFor(to, now) },
    ...{ status: "requested", missing: [], requestedBy, requestedAt: now },
  });
  return { bundleId, event: eventOf(bundleRequested, { tenantId, bundleId }) };
}

/** Has a bundle built, off the page's thread. Needs the compliance pack (NotEntitled). Throws Invalid for a period that is none. */
export const requestBundle = defineWrite({
  action: "evidence.export",
  receipt: "bundle.request",
  feature: "compliance-pack",
  input: requestBundleSchema,
  load: loadEvidence,
  write: async ({ ctx, tx, now }, ask) => {
    const { tenantId, newId, actor } = ctx;
    const { bundleId, event } = await keepRequest(tx, { tenantId, newId, now, requestedBy: actorRef(actor) }, ask);
    const period = { from: ask.from.toISOString(), to: ask.to.toISOString() };
    return {
      ...{ value: { bundleId }, subject: `bundle:${bundleId}`, events: [event] },
      detail: { tag: ask.tag, isDryRun: ask.isDryRun, period },
    };
  },
});

const dtoOf = (row: BundleRow, requestedByName: string) => {
  const { id, tag, isDryRun, status, files, digest, bytes, completeness, missing, fault } = row;
  return {
    ...{ id, tag, isDryRun, status, files, digest, bytes, completeness, missing, fault, requestedByName },
    ...{ from: row.periodFrom.toISOString(), to: row.periodTo.toISOString(), asOf: row.asOf.toISOString() },
    ...{ requestedAt: row.requestedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null },
  };
};

/** Bundles that were asked for, newest first, each with how far it is. */
export const listBundles = defineRead({
  action: "evidence.read",
  input: listBundlesSchema,
  load: loadEvidence,
  read: async (scope, { limit, cursor }) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select()
      .from(bundles)
      .where(and(eq(bundles.tenantId, ctx.tenantId), cursor === undefined ? undefined : lt(bundles.id, cursor)))
      .orderBy(desc(bundles.id))
      .limit(limit + 1);
    const page = toPageById(rows, limit);
    const names = await nameReferences(
      scope,
      page.rows.map(({ requestedBy }) => requestedBy),
    );
    const dtos = page.rows.map((row) => dtoOf(row, names.get(row.requestedBy)?.name ?? row.requestedBy));
    return { nextCursor: page.nextCursor, rows: dtos };
  },
});

/** One bundle and how far it is. Throws NotFound. */
export const getBundle = defineRead({
  action: "evidence.read",
  input: bundleSchema,
  load: loadBundle,
  read: async (scope, _input, { row }) => {
    const names = await nameReferences(scope, [row.requestedBy]);
    return dtoOf(row, names.get(row.requestedBy)?.name ?? row.requestedBy);
  },
});

/** The sealed file in parts, read as they are asked for, once its bytes are seen to have its digest. Throws Conflict while there is none. */
export const getBundleFile = defineRead({
  action: "evidence.export",
  input: bundleSchema,
  load: loadBundle,
  read: async ({ ctx }, _input, { row: { digest, periodFrom: from, periodTo: to } }) => {
    if (digest === null) throw conflict("The bundle is not sealed yet, or could not be.");
    const content = await readBundle(blobStoreOf(env()), ctx.tenantId, digest);
    const fileName = `${bundleFolder(ctx.tenant.slug, { from, to })}.zip`;
    return { fileName, digest, content };
  },
});
