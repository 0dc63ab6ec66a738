import { and, eq, gte, sql } from "drizzle-orm";
import { decisions } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { defineRead, type Scope } from "@/server/verb";
import { bucketStarts, fillBuckets, WINDOWS } from "./domain/buckets";
import { loadDecisions } from "./load";
import { summariseDecisionsSchema } from "./schemas";

/** Denied questions that are named. */
const TOP = 8;

const allow = sql<boolean>`coalesce((${decisions.body} ->> 'allow')::boolean, false)`;

const since = ({ ctx }: Scope, from: Date) => and(eq(decisions.tenantId, ctx.tenantId), gte(decisions.at, from));

async function topDenied(scope: Scope, from: Date) {
  const code = sql<string>`coalesce(${decisions.body} ->> 'code', '')`;
  const failed = sql<string>`coalesce(${decisions.body} ->> 'failed', '[]')`;
  const rows = await scope.tx
    .select({
      action: decisions.action,
      code,
      failed,
      count: sql<number>`count(*)::int`,
      last: sql<number>`max(seq)::int`,
    })
    .from(decisions)
    .where(and(since(scope, from), sql`not ${allow}`))
    .groupBy(decisions.action, code, failed)
    .orderBy(sql`count(*) desc, max(seq) desc`)
    .limit(TOP);
  return rows.map((row) => ({ ...row, failed: JSON.parse(row.failed) as string[] }));
}

/** Permissions and denials on record per hour or day of a window that ends now, and what was denied most, and why. */
export const summariseDecisions = defineRead({
  action: "decision.read",
  input: summariseDecisionsSchema,
  load: loadDecisions,
  read: async (scope, { window }) => {
    const starts = bucketStarts(window, scope.now);
    const from = must(starts[0], "a window has buckets");
    const { bucket } = WINDOWS[window];
    const at = sql<string>`to_char(date_trunc(${sql.raw(`'${bucket}'`)}, ${decisions.at} at time zone 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
    const counted = await scope.tx
      .select({ at, allow, count: sql<number>`count(*)::int` })
      .from(decisions)
      .where(since(scope, from))
      .groupBy(sql`1`, sql`2`);
    const buckets = fillBuckets(
      starts,
      counted.map((row) => ({ ...row, at: new Date(row.at) })),
    );
    const sum = (of: "allowed" | "denied") => buckets.reduce((all, one) => all + one[of], 0);
    return {
      window,
      bucket,
      buckets,
      allowed: sum("allowed"),
      denied: sum("denied"),
      top: await topDenied(scope, from),
    };
  },
});
