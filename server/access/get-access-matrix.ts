import { roleBits } from "@/policies/access/bits";
import { type Reach, reachOf } from "@/policies/access/reach";
import { toxicPairsOf } from "@/policies/access/toxic-pairs";
import { ALL_ACTIONS, type Action, subjectOf } from "@/policies/access/vocabulary";
import { defineRead, policiesOf, type Scope } from "@/server/verb";
import { type Holder, holderDto, listHolders } from "./holders";
import { isUnreviewed, lastReviews } from "./last-reviews";
import { loadPolicy } from "./load-thing";
import { accessMatrixSchema } from "./schemas";

/** How far each reaches: worked out once for those of the same roles and clearance. */
function reacherOf({ ctx }: Scope, actions: readonly Action[]) {
  const policies = policiesOf(ctx.tenant);
  const known = new Map<string, Reach[]>();
  return ({ principal: { kind, roles, clearance } }: Holder): Reach[] => {
    const key = `${kind}:${roleBits(roles)}:${clearance}`;
    const asked = { kind: kind === "user" ? ("user" as const) : ("api_key" as const), roles, clearance };
    const reach = known.get(key) ?? actions.map((action) => reachOf(policies, asked, action));
    known.set(key, reach);
    return reach;
  };
}

const holds = (text: string) => {
  const part = text.toLowerCase();
  return ({ name, email }: Holder) => `${name}\n${email ?? ""}`.toLowerCase().includes(part);
};

/** Members and live keys by action, as the tenant's policies decide today with no break-glass open: a page of it. */
export const getAccessMatrix = defineRead({
  action: "policy.read",
  input: accessMatrixSchema,
  load: loadPolicy,
  read: async (scope, { subject, text, limit, cursor }) => {
    const { ctx, tx, now } = scope;
    const actions = ALL_ACTIONS.filter((action) => subject === "all" || subjectOf(action) === subject);
    const all = (await listHolders(scope)).filter(text === undefined ? () => true : holds(text));
    // A cursor whose holder is gone by now begins anew.
    const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
    const shown = all.slice(from, from + limit);
    const reviewed = await lastReviews(
      ...([tx, ctx.tenantId] as const),
      shown.map(({ id }) => id),
    );
    const reach = reacherOf(scope, actions);
    return {
      actions,
      nextCursor: from + limit < all.length ? (shown.at(-1)?.id ?? null) : null,
      rows: shown.map((holder) => ({
        ...{ ...holderDto(holder), reach: reach(holder) },
        toxic: toxicPairsOf(holder.principal.roles, ctx.tenant.governanceProfile).map(({ id }) => id),
        reviewedAt: reviewed.get(holder.id)?.toISOString() ?? null,
        isUnreviewed: isUnreviewed(holder, reviewed.get(holder.id), now),
      })),
    };
  },
});
