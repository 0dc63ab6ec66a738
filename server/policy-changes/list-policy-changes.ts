import { and, eq } from "drizzle-orm";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { policyChanges } from "@/db/schema";
import { nameReferences } from "@/server/receipts";
import { defineRead } from "@/server/verb";
import { loadPolicy } from "./load";
import { listPolicyChangesSchema } from "./schemas";

/** Changes of the tenant's policy, newest first. */
export const listPolicyChanges = defineRead({
  action: "policy.read",
  input: listPolicyChangesSchema,
  load: loadPolicy,
  read: async (scope, { limit, cursor }) => {
    const { ctx, tx } = scope;
    const { proposedAt, id } = policyChanges;
    const rows = await tx
      .select()
      .from(policyChanges)
      .where(and(eq(policyChanges.tenantId, ctx.tenantId), afterCursor(proposedAt, id, cursor)))
      .orderBy(...newestFirst(proposedAt, id))
      .limit(limit + 1);
    const page = toPage(rows, limit, (row) => ({ at: row.proposedAt, id: row.id }));
    const people = page.rows.flatMap(({ proposedBy, decidedBy }) => [
      proposedBy,
      ...(decidedBy === null ? [] : [decidedBy]),
    ]);
    const names = await nameReferences(scope, people);
    const named = (reference: string | null) => (reference === null ? null : (names.get(reference)?.name ?? reference));
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map((row) => ({
        ...{ id: row.id, status: row.status, profile: row.profile, tightening: row.tightening, reason: row.reason },
        ...{ fromRevision: row.fromRevision, toRevision: row.toRevision, comment: row.comment },
        ...{ proposedBy: named(row.proposedBy) ?? "", proposedAt: row.proposedAt.toISOString() },
        ...{ decidedBy: named(row.decidedBy), decidedAt: row.decidedAt?.toISOString() ?? null },
      })),
    };
  },
});
