import { and, eq } from "drizzle-orm";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { breakGlassGrants } from "@/db/schema";
import { nameReferences } from "@/server/receipts";
import { defineRead, policiesOf } from "@/server/verb";
import { loadBreakGlass } from "./load";
import { listBreakGlassSchema } from "./schemas";

/** Who asked for break-glass, newest first, and what the tenant's policy allows of it. */
export const listBreakGlass = defineRead({
  action: "break_glass.read",
  input: listBreakGlassSchema,
  load: loadBreakGlass,
  read: async (scope, { limit, cursor }) => {
    const { ctx, tx, now } = scope;
    const { askedAt, id } = breakGlassGrants;
    const rows = await tx
      .select()
      .from(breakGlassGrants)
      .where(and(eq(breakGlassGrants.tenantId, ctx.tenantId), afterCursor(askedAt, id, cursor)))
      .orderBy(...newestFirst(askedAt, id))
      .limit(limit + 1);
    const page = toPage(rows, limit, (row) => ({ at: row.askedAt, id: row.id }));
    const names = await nameReferences(
      scope,
      page.rows.flatMap(({ userId, openedBy, endedBy, reviewedBy }) =>
        [`user:${userId}`, openedBy, endedBy, reviewedBy].filter((who) => who !== null),
      ),
    );
    const named = (reference: string | null) => (reference === null ? null : (names.get(reference)?.name ?? reference));
    const limits = policiesOf(ctx.tenant).map(({ pack }) => pack.break_glass);
    return {
      minutesMost: Math.min(...limits.map(({ minutes }) => minutes)),
      needsSecond: limits.some(({ second_person }) => second_person),
      nextCursor: page.nextCursor,
      rows: page.rows.map((row) => ({
        ...{ id: row.id, reason: row.reason, reference: row.reference, minutes: row.minutes, comment: row.comment },
        // What is over by the clock may not be on record as ended yet.
        status:
          row.status === "open" && row.expiresAt !== null && row.expiresAt <= now ? ("ended" as const) : row.status,
        ...{ who: named(`user:${row.userId}`) ?? "", isOwn: row.userId === ctx.principal.id },
        ...{ askedAt: row.askedAt.toISOString(), expiresAt: row.expiresAt?.toISOString() ?? null },
        ...{ openedBy: named(row.openedBy), endedBy: named(row.endedBy), reviewedBy: named(row.reviewedBy) },
        ...{ openedAt: row.openedAt?.toISOString() ?? null, endedAt: row.endedAt?.toISOString() ?? null },
      })),
    };
  },
});
