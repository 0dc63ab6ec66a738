import { and, eq } from "drizzle-orm";
import { decisions } from "@/db/schema";
import { factsOf } from "@/policies/access/bits";
import { rolesOf } from "@/policies/access/bits";
import { replay } from "@/policies/access/replay";
import { type Action, ALL_ACTIONS } from "@/policies/access/vocabulary";
import { must, notFound } from "@/server/kernel/errors";
import { defineRead, policiesOf, revisionOf, type TenantContext } from "@/server/verb";
import { type DecisionBody, readDecisionBody } from "./domain/decision-body";
import { namedDecisions } from "./dto";
import { loadDecisions } from "./load";
import { getDecisionSchema } from "./schemas";

const isAction = (word: string): word is Action => (ALL_ACTIONS as readonly string[]).includes(word);

/** What the tenant's present policies say to the question; null where it cannot be put again. */
function nowSaid({ tenant }: TenantContext, action: string, { key, isBesidePolicy }: DecisionBody) {
  if (key === null || isBesidePolicy || !isAction(action)) return null;
  const said = replay(policiesOf(tenant), action, key as never);
  return said === null ? null : { ...said, revision: revisionOf(tenant) };
}

/**
 * One decision with all that it was made of, and what would be decided now. Throws NotFound for a place that the chain has
 * not reached.
 */
export const getDecision = defineRead({
  action: "decision.read",
  input: getDecisionSchema,
  load: async (scope, { seq }) => {
    const { ctx, tx } = scope;
    const [row] = await tx
      .select()
      .from(decisions)
      .where(and(eq(decisions.tenantId, ctx.tenantId), eq(decisions.seq, seq)));
    if (row === undefined) throw notFound("decision");
    return { ...(await loadDecisions(scope)), row };
  },
  read: async (scope, _input, { row }) => {
    const [named] = await namedDecisions(scope, [row]);
    const body = readDecisionBody(row.body);
    const { matched, denied, nearest, key, requestId, isBesidePolicy } = body;
    return {
      ...must(named, "one decision in, one out"),
      ...{ matched, denied, nearest, key, requestId, isBesidePolicy, body: row.body, hash: row.hash },
      /** What the key stands for, in words. */
      asked: key === null ? null : { roles: rolesOf(key.roles), ...factsOf(key.word) },
      now: nowSaid(scope.ctx, row.action, body),
    };
  },
});
