import { and, desc, eq, sql } from "drizzle-orm";
import { decisions } from "@/db/schema";
import type { Policy } from "@/policies/access/policy";
import { replay, type ReplayKey } from "@/policies/access/replay";
import { ALL_ACTIONS, type Action } from "@/policies/access/vocabulary";
import type { Scope } from "@/server/verb";

/** What another policy would have answered to what was asked here. */
export interface Replayed {
  /** Decisions on record that were put to it: the newest, at most 2,000. */
  asked: number;
  /** Allowed then, and denied by it; and the other way round. */
  wouldBeDenied: number;
  wouldBeAllowed: number;
  /** The actions most of these are about, with how many of each. */
  most: { action: string; count: number }[];
}

const NEWEST = 2_000;
const MOST_SHOWN = 5;

const isAction = (word: string): word is Action => (ALL_ACTIONS as readonly string[]).includes(word);

/** Puts the tenant's newest decisions on record to another policy, but for those that no rule made. */
export async function replayDecisions({ ctx, tx }: Scope, policy: Policy): Promise<Replayed> {
  const rows = await tx
    .select({
      action: decisions.action,
      allow: sql<boolean>`(${decisions.body} ->> 'allow')::boolean`,
      key: sql<string>`${decisions.body} ->> 'key'`,
    })
    .from(decisions)
    .where(
      and(
        eq(decisions.tenantId, ctx.tenantId),
        sql`${decisions.body} #>> '{key,word}' is not null and coalesce(${decisions.body} ->> 'isBesidePolicy', 'false') = 'false'`,
      ),
    )
    .orderBy(desc(decisions.seq))
    .limit(NEWEST);
  const turned = rows.flatMap(({ action, allow, key }) => {
    // It was written by this product, and its chain says that nobody changed it since.
    const says = isAction(action) ? replay([policy], action, JSON.parse(key) as ReplayKey) : null;
    return says === null || says.allow === allow ? [] : [{ action, allow }];
  });
  const counts = [...Map.groupBy(turned, ({ action }) => action)].map(([action, all]) => ({
    action,
    count: all.length,
  }));
  return {
    asked: rows.length,
    wouldBeDenied: turned.filter(({ allow }) => allow).length,
    wouldBeAllowed: turned.filter(({ allow }) => !allow).length,
    most: counts.sort((a, b) => b.count - a.count).slice(0, MOST_SHOWN),
  };
}
