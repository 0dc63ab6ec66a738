import { atoms } from "@/policies/access/atoms";
import { roleBits, wordOf } from "@/policies/access/bits";
import { decide, type Decision } from "@/policies/access/decide";
import type { Principal, Resource } from "@/policies/access/request";
import type { Action } from "@/policies/access/vocabulary";
import { policiesOf, type Scope } from "@/server/verb";

/** The facts of one question as a word. */
export function wordFor(principal: Principal, action: Action, resource: Resource): number {
  const governed = "riskProfile" in resource ? resource : null;
  return wordOf({
    ...{ environment: governed?.environment ?? null, riskProfile: governed?.riskProfile ?? null },
    atoms: atoms({ principal, action, resource }),
  });
}

/**
 * Decides the same question for many, as the tenant's policies decide it. Whoever has the same roles and relations gets the
 * same answer, which is worked out once.
 */
export function deciderOf({ ctx }: Pick<Scope, "ctx">, action: Action, resource: Resource) {
  const policies = policiesOf(ctx.tenant);
  const known = new Map<string, Decision>();
  return (principal: Principal): Decision => {
    const key = `${roleBits(principal.roles)}:${wordFor(principal, action, resource)}`;
    const decision = known.get(key) ?? decide(policies, { principal, action, resource });
    known.set(key, decision);
    return decision;
  };
}
