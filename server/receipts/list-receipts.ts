import { and, desc, eq, gte, lt } from "drizzle-orm";
import { receipts } from "@/db/schema";
import { defineRead } from "@/server/verb";
import { namedReceipts } from "./dto";
import { loadReceipts } from "./load";
import { listReceiptsSchema } from "./schemas";
import { byPerson, ofThing } from "./search";

/** The tenant's receipts, newest first: all, or those that every filter given lets through. */
export const listReceipts = defineRead({
  action: "receipt.read",
  input: listReceiptsSchema,
  load: loadReceipts,
  read: async (scope, { limit, before, action, actor, person, subject, thing, from, to }) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select()
      .from(receipts)
      .where(
        and(
          eq(receipts.tenantId, ctx.tenantId),
          before === undefined ? undefined : lt(receipts.seq, before),
          action === undefined ? undefined : eq(receipts.action, action),
          actor === undefined ? undefined : eq(receipts.actor, actor),
          person === undefined ? undefined : byPerson(scope, person),
          subject === undefined ? undefined : eq(receipts.subject, subject),
          thing === undefined ? undefined : ofThing(scope, thing),
          from === undefined ? undefined : gte(receipts.at, from),
          to === undefined ? undefined : lt(receipts.at, to),
        ),
      )
      .orderBy(desc(receipts.seq))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    return {
      rows: await namedReceipts(scope, shown),
      nextBefore: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
    };
  },
});
