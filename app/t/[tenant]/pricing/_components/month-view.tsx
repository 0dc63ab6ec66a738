import { Notice } from "@/app/_shared/notice";
import { Panel } from "@/app/_shared/page";
import { dollars, percent } from "@/app/_shared/pricing/dollars";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import classes from "@/app/_shared/pricing/pricing.module.css";
import { Chance, Tornado } from "./charts";
import type { Month, Sensitivity } from "./shown";

const RULE_WORDS = {
  ...{ ok: "kept", blocked: "blocked", warn: "warning", none: "no discount", approval: "needs approval" },
} as const;

function guardrailLines({ guardrails, riskGuardrail, monteCarlo }: Sensitivity) {
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

/** One month: what keeps it in bounds, what it is sensitive to, and what that means in words. */
export function MonthView({ name, month: { sensitivity } }: { name: string; month: Month }) {
  if (sensitivity === null)
    return (
      <Notice tone="wait" title={`${name}: the plan does not carry so much`}>
        A larger plan is required, so there is no price and no margin.
      </Notice>
    );
  const { notes, tornado, monteCarlo, chargeback } = sensitivity;
  return (
    <>
      <Panel title={`${name}: what it says`}>
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
          <li>
            Charged to a department of our own it would be {dollars(chargeback.total)}: {dollars(chargeback.cost)} and
            the markup.
          </li>
        </ul>
      </Panel>
      <Panel title={`${name}: guardrails`} isFlush>
        <LinesTable
          label="Guardrail"
          heads={["Now", "Figures"]}
          lines={guardrailLines(sensitivity)}
          isNumeric={false}
        />
      </Panel>
      <Panel title={`${name}: chance`}>
        <Chance draws={monteCarlo} />
      </Panel>
      <Panel title={`${name}: one thing at a time`} isFlush>
        <Tornado rows={tornado} of="margin" />
        <Tornado rows={tornado} of="profit" />
      </Panel>
    </>
  );
}
