import { Panel } from "@/app/_shared/page";
import { dollars } from "@/app/_shared/pricing/dollars";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import classes from "@/app/_shared/pricing/pricing.module.css";
import type { Analysis } from "./shown";

const PLAN_WORDS = { standard: "Standard", pro: "Pro", enterprise: "Enterprise" } as const;

function Crossovers({ crossovers }: Pick<Analysis, "crossovers">) {
  return (
    <LinesTable
      label="The larger plan costs no more"
      heads={["From so many weighted tasks a month"]}
      lines={crossovers.map(({ from, to, wu }) => ({
        name: `${PLAN_WORDS[to]} in place of ${PLAN_WORDS[from]}`,
        cells: [wu === null ? "never below the cap" : wu.toLocaleString("en-GB")],
      }))}
    />
  );
}

function Licence({ licence: { tenants, levels } }: Pick<Analysis, "licence">) {
  return (
    <LinesTable
      label={`A year with ${tenants.toLocaleString("en-GB")} tenants`}
      heads={["Licence", "Support", "In all"]}
      lines={levels.map(({ level, licence, support, total, by }) => ({
        name: `Support: ${level}`,
        cells: [`${dollars(licence)} (by ${by})`, dollars(support), dollars(total)],
      }))}
    />
  );
}

/** When the next plan is the cheaper one, and what the editions without a monthly price come to. */
export function OtherEditions({ analysis: { crossovers, licence, months } }: { analysis: Analysis }) {
  const chargeback = months[0]?.sensitivity?.chargeback;
  return (
    <div className={classes.two}>
      <Panel title="Where plans meet" isFlush>
        <Crossovers crossovers={crossovers} />
        <p className={classes.small} style={{ padding: 12 }}>
          With the seats and add-ons of this month.
        </p>
      </Panel>
      <Panel title="White-Label licence, Internal chargeback" isFlush>
        <Licence licence={licence} />
        {chargeback === undefined ? null : (
          <p className={classes.small} style={{ padding: 12 }}>
            This month charged to a department of our own: {dollars(chargeback.total)}, of which{" "}
            {dollars(chargeback.cost)} is cost and {dollars(chargeback.markup)} the markup.
          </p>
        )}
      </Panel>
    </div>
  );
}
