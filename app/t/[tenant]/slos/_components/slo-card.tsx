import { Facts, Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import { sloHref } from "../search-params";
import { BudgetMeter } from "./budget-meter";
import classes from "./slo-card.module.css";
import type { SloRow } from "./slo-row";
import { burnText, forecastText, minutesText, percentText, sliText, stateOf, windowText } from "./slo-words";

/** One objective: what is promised, how it stands, and how fast its budget goes. */
export function SloCard({ tenant, slo }: { tenant: string; slo: SloRow }) {
  const { period } = slo;
  return (
    <Panel title={slo.title} aside={<Status status={stateOf(slo)} />}>
      <div className={classes.card}>
        <Facts
          rows={[
            ["Objective", percentText(slo.targetPpm / 1_000_000, 4)],
            [`Now, ${windowText(slo.window)}`, sliText(period)],
            ["Budget left", period.budgetLeft === null ? "–" : percentText(period.budgetLeft, 1)],
          ]}
        />
        <BudgetMeter left={period.budgetLeft} />
        <p className={classes.about}>{forecastText(slo)}.</p>
        <table className={classes.burns}>
          <caption>Burn rates, and above which an alert comes on; 1× lasts just for the period</caption>
          <tbody>
            {slo.rules.map(({ id, long, short, factor, firing }) => (
              <tr key={id} data-firing={firing !== null || undefined}>
                <th scope="row">
                  {minutesText(long.minutes)} and {minutesText(short.minutes)}
                </th>
                <td>
                  {burnText(long.burnRate)} and {burnText(short.burnRate)}
                </td>
                <td>{firing === null ? `above ${burnText(factor)}` : "alert is on"}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          <a href={sloHref(tenant, slo.id)}>
            Burn-down, alerts and runs<span className="visually-hidden"> of {slo.title}</span>
          </a>
        </p>
      </div>
    </Panel>
  );
}
