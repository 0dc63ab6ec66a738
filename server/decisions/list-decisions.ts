import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { decisions } from "@/db/schema";
import { defineRead } from "@/server/verb";
import { namedDecisions } from "./dto";
import { loadDecisions } from "./load";
import { listDecisionsSchema } from "./schemas";

/** The tenant's decisions on record, newest first: every denial and every privileged permission, as far as the filters let. */
export const listDecisions = defineRead({
  action: "decision.read",
  input: listDecisionsSchema,
  load: loadDecisions,
  read: async (scope, { limit, before, outcome, action, code, actor, from, to }) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select()
      .from(decisions)
      .where(
        and(
          eq(decisions.tenantId, ctx.tenantId),
          before === undefined ? undefined : lt(decisions.seq, before),
          outcome === undefined ? undefined : sql`${decisions.body} ->> 'allow' = ${String(outcome === "allow")}`,
          action === undefined ? undefined : eq(decisions.action, action),
          code === undefined ? undefined : sql`${decisions.body} ->> 'code' = ${code}`,
          actor === undefined ? undefined : eq(decisions.actor, actor),
          from === undefined ? undefined : gte(decisions.at, from),
          to === undefined ? undefined : lt(decisions.at, to),
        ),
      )
      .orderBy(desc(decisions.seq))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    return {
      rows: await namedDecisions(scope, shown),
      nextBefore: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
    };
  },
});
