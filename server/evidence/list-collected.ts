import { and, count, desc, eq, lt, max } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { evidenceItems } from "@/db/schema";
import { blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { defineRead, noInput } from "@/server/verb";
import { matching } from "./items";
import { loadEvidence, loadItem } from "./load";
import { evidenceSchema, listEvidenceSchema } from "./schemas";
import { readEvidence } from "./store";

/** What was collected, newest first: what each is, of what, when, and the digest of its bytes. */
export const listCollected = defineRead({
  action: "evidence.read",
  input: listEvidenceSchema,
  load: loadEvidence,
  read: async ({ ctx, tx }, { kind, from, to, limit, cursor }) => {
    const rows = await tx
      .select()
      .from(evidenceItems)
      .where(
        and(
          matching(ctx.tenantId, { kinds: kind === undefined ? undefined : [kind], from, to }),
          // Ids sort by time.
          cursor === undefined ? undefined : lt(evidenceItems.id, cursor),
        ),
      )
      .orderBy(desc(evidenceItems.id))
      .limit(limit + 1);
    const page = toPageById(rows, limit);
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map(({ tenantId: _, collectedAt, coversFrom, coversTo, ...item }) => ({
        ...{ ...item, collectedAt: collectedAt.toISOString() },
        ...{ coversFrom: coversFrom?.toISOString() ?? null, coversTo: coversTo?.toISOString() ?? null },
      })),
    };
  },
});

/** Of each kind how many items there are and when the last was collected. */
export const countCollected = defineRead({
  action: "evidence.read",
  input: noInput,
  load: loadEvidence,
  read: async ({ ctx, tx }) => {
    const { kind, collectedAt, tenantId } = evidenceItems;
    const rows = await tx
      .select({ kind, items: count(), lastAt: max(collectedAt) })
      .from(evidenceItems)
      .where(eq(tenantId, ctx.tenantId))
      .groupBy(kind);
    return rows.map((row) => ({ ...row, lastAt: row.lastAt?.toISOString() ?? null }));
  },
});

/** One item with its bytes as base64, once they are seen to have its digest. Throws NotFound, Unavailable. */
export const getCollected = defineRead({
  action: "evidence.export",
  input: evidenceSchema,
  load: loadItem,
  read: async ({ ctx }, _input, { item: { fileName, mediaType, digest } }) => {
    const bytes = await readEvidence({ blobs: blobStoreOf(env()) }, ctx.tenantId, digest);
    return { fileName, mediaType, digest, base64: Buffer.from(bytes).toString("base64") };
  },
});
