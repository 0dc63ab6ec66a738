import { Moment } from "@/app/_shared/moment";
import { Panel } from "@/app/_shared/page";
import { Status } from "@/app/_shared/status";
import { sloRunbook } from "@/server/guides/domain/alerts";
import { TRICKLE } from "@/server/slos/domain/judge-slo";
import type { SloAlert, SloRow } from "../../_components/slo-row";
import { burnText, countText, minutesText, percentText, whyOf } from "../../_components/slo-words";
import classes from "./slo-detail.module.css";

const incidentHref = (tenant: string, incidentId: string) => `/t/${tenant}/incidents/${incidentId}`;

function guardText({ confidencePpm, minBad }: SloRow["rules"][number]["guard"]) {
  return `at least ${minBad} bad events, and ${percentText(confidencePpm / 1_000_000, 4)} sure that it is not chance`;
}

const Runbook = ({ slo, rule }: { slo: SloRow; rule: string }) => (
  <a href={sloRunbook(slo.sli, rule)}>
    Runbook<span className="visually-hidden"> of {rule}</span>
  </a>
);

/** Each alert of an objective: when it comes on, and why it is on or off now. */
export function AlertRules({ tenant, slo, zone }: { tenant: string; slo: SloRow; zone: string }) {
  const { rules, backstop } = slo;
  return (
    <Panel title="Alerts">
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <h3>
              {rule.budgetPercent} % of the budget within {minutesText(rule.long.minutes)} ({rule.severity})
            </h3>
            <Status status={rule.firing === null ? "slo-quiet" : "slo-on"} />
            <p>
              {whyOf(rule)} Burning {burnText(rule.long.burnRate)} over {minutesText(rule.long.minutes)} and{" "}
              {burnText(rule.short.burnRate)} over {minutesText(rule.short.minutes)}; it comes on above{" "}
              {burnText(rule.factor)}, with {guardText(rule.guard)}. <Runbook slo={slo} rule={rule.id} />
            </p>
            {rule.firing === null ? null : (
              <p>
                On since <Moment at={rule.firing.openedAt} zone={zone} />
                {rule.firing.incidentId === null ? null : (
                  <>
                    {" "}
                    · <a href={incidentHref(tenant, rule.firing.incidentId)}>Its incident</a>
                  </>
                )}
              </p>
            )}
          </li>
        ))}
        <li>
          <h3>
            {backstop.budgetPercent} % of the budget within {minutesText(backstop.windowMinutes)} (slow trickle)
          </h3>
          <Status status={backstop.firing === null ? "slo-quiet" : "slo-on"} />
          <p>
            For what is too slow for every window: {countText(backstop.window.total - backstop.window.good)} bad of{" "}
            {countText(backstop.window.total)}; it comes on with {backstop.minBad} bad ones that are so much of the
            budget. <Runbook slo={slo} rule={TRICKLE} />
          </p>
        </li>
      </ul>
    </Panel>
  );
}

/** Which alerts came on in a range, the newest first. */
export function PastAlerts({ tenant, alerts, zone }: { tenant: string; alerts: readonly SloAlert[]; zone: string }) {
  if (alerts.length === 0) return null;
  return (
    <Panel title={`Came on (${alerts.length})`}>
      <ul className={classes.rules}>
        {alerts.map(({ id, ruleId, severity, openedAt, closedAt, incidentId, figures }) => (
          <li key={id}>
            <h3>
              {ruleId} ({severity})
            </h3>
            <Status status={closedAt === null ? "slo-on" : "slo-over"} />
            <p>
              <Moment at={openedAt} zone={zone} /> to {closedAt === null ? "now" : <Moment at={closedAt} zone={zone} />}
              : {burnText(figures.longBurn)} over {minutesText(figures.long.minutes)},{" "}
              {countText(figures.long.total - figures.long.good)} bad of {countText(figures.long.total)}.
              {incidentId === null ? null : (
                <>
                  {" "}
                  <a href={incidentHref(tenant, incidentId)}>Incident</a>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
