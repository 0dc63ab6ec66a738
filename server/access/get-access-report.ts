import { toxicPairsOf } from "@/policies/access/toxic-pairs";
import { defineRead, noInput } from "@/server/verb";
import { type Holder, listHolders } from "./holders";
import { isUnreviewed, lastReviews } from "./last-reviews";
import { loadPolicy } from "./load-thing";

/** Holders of each list that one answer names. */
const NAMED_MAX = 100;

const named = ({ kind, id, name, email }: Holder) => ({ kind, id, name, email });

/** What stands out in who has access: roles that one person should not hold together, and what nobody looked at for 90 days. */
export const getAccessReport = defineRead({
  action: "policy.read",
  input: noInput,
  load: loadPolicy,
  read: async (scope) => {
    const { ctx, tx, now } = scope;
    const holders = await listHolders(scope);
    const reviewed = await lastReviews(tx, ctx.tenantId);
    const toxic = holders.flatMap((holder) =>
      toxicPairsOf(holder.principal.roles, ctx.tenant.governanceProfile).map(({ id, roles, why }) => ({
        ...{ ...named(holder), pair: id, roles, why },
      })),
    );
    const unreviewed = holders.filter((holder) => isUnreviewed(holder, reviewed.get(holder.id), now));
    return {
      ...{ holders: holders.length, toxicCount: toxic.length, unreviewedCount: unreviewed.length },
      toxic: toxic.slice(0, NAMED_MAX),
      unreviewed: unreviewed.slice(0, NAMED_MAX).map((holder) => ({
        ...{ ...named(holder), since: holder.since.toISOString() },
        reviewedAt: reviewed.get(holder.id)?.toISOString() ?? null,
      })),
    };
  },
});
