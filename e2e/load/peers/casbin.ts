import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import type { Policy } from "@/policies/access/policy";
import type { Clause } from "@/policies/access/rule";
import type { Question } from "@/policies/verify/space";

/** Attributes by rules of text, denials over permissions: as casbin's own guide does it. */
const MODEL = `
[request_definition]
r = q, act

[policy_definition]
p = rule, act, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.act == p.act && eval(p.rule)
`;

const oneOf = (name: string, words: readonly string[]) =>
  `(${words.map((word) => `r.q.${name} == '${word}'`).join(" || ")})`;

function linesOf({ effect, roles, actions, when }: Clause): string[] {
  const { environment, riskProfile, atoms = {} } = when;
  const conditions = [
    ...(effect === "allow" ? [oneOf("role", roles)] : []),
    ...(environment === undefined ? [] : [oneOf("environment", environment)]),
    ...(riskProfile === undefined ? [] : [oneOf("risk", riskProfile)]),
    ...Object.entries(atoms).map(([atom, value]) => `r.q.${atom} == ${value}`),
  ];
  return actions.map((action) => `p, ${conditions.join(" && ")}, ${action}, ${effect}`);
}

/** The same clauses in casbin. */
export async function casbin(policy: Policy): Promise<(question: Question) => boolean> {
  const adapter = new StringAdapter(policy.clauses.flatMap(linesOf).join("\n"));
  const enforcer = await newEnforcer(newModelFromString(MODEL), adapter);
  return ({ action, role, environment, riskProfile, atoms }) =>
    enforcer.enforceSync({ role, environment: environment ?? "none", risk: riskProfile ?? "none", ...atoms }, action);
}
