import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import type { Policy } from "@/policies/access/policy";
import type { Clause } from "@/policies/access/rule";
import type { Question } from "@/policies/verify/space";

const list = (words: readonly string[]) => `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;

function cedarOf({ effect, roles, actions, when }: Clause): string {
  const { environment, riskProfile, atoms = {} } = when;
  const conditions = [
    ...(effect === "allow" ? [`${list(roles)}.contains(context.role)`] : []),
    ...(environment === undefined ? [] : [`${list(environment)}.contains(context.environment)`]),
    ...(riskProfile === undefined ? [] : [`${list(riskProfile)}.contains(context.risk)`]),
    ...Object.entries(atoms).map(([atom, value]) => `context.${atom} == ${value}`),
  ];
  const named = actions.map((action) => `Action::${JSON.stringify(action)}`).join(", ");
  const head = `${effect === "allow" ? "permit" : "forbid"} (principal, action in [${named}], resource)`;
  return `${head} when { ${conditions.join(" && ")} };`;
}

/** The same clauses in Cedar, parsed once, by its WebAssembly build. */
export function cedar(policy: Policy): (question: Question) => boolean {
  const parsed = preparsePolicySet("bench", { staticPolicies: policy.clauses.map(cedarOf).join("\n") });
  if (parsed.type === "failure") throw new Error(parsed.errors.map(({ message }) => message).join("; "));
  return ({ action, role, environment, riskProfile, atoms }) => {
    const answer = statefulIsAuthorized({
      principal: { type: "User", id: "u" },
      action: { type: "Action", id: action },
      resource: { type: "Thing", id: "t" },
      context: { role, environment: environment ?? "none", risk: riskProfile ?? "none", ...atoms },
      preparsedPolicySetId: "bench",
      entities: [],
    });
    if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
    return answer.response.decision === "allow";
  };
}
