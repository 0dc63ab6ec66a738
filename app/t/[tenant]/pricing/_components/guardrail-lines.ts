import { dollars, percent } from "@/app/_shared/pricing/dollars";
import type { Sensitivity } from "./shown";

const RULE_WORDS = {
  ...{ ok: "kept", blocked: "blocked", warn: "warning", none: "no discount", approval: "needs approval" },
} as const;

/** What keeps a month in bounds: each rule, how it stands, and by which figures. */
export function guardrailLines({ guardrails, riskGuardrail, monteCarlo }: Sensitivity) {
  const { account, allowance, discount, tiers } = guardrails;
  return [
    { name: "Margin of the account", cells: [RULE_WORDS[account], `floor ${monteCarlo.floor} %`] },
    { name: "All that is included is used", cells: [RULE_WORDS[allowance.guardrail], percent(allowance.gmBp)] },
    { name: "Discount", cells: [RULE_WORDS[discount], ""] },
    {
      name: "Margin below the floor by chance",
      cells: [RULE_WORDS[riskGuardrail], `${(monteCarlo.probBelowFloor * 100).toFixed(2)} %, 5 % at most`],
    },
    ...tiers.map(({ upToWu, priceCents, costCents, leastCents, guardrail }) => ({
      name: `1,000 further weighted tasks ${upToWu === null ? "in the last tier" : `up to ${upToWu.toLocaleString("en-GB")}`}`,
      cells: [
        RULE_WORDS[guardrail],
        `${dollars(priceCents)}; costs ${dollars(costCents)}, least price ${dollars(leastCents)}`,
      ],
    })),
  ];
}
