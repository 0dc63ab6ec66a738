import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Facts, Panel } from "@/app/_shared/page";
import { dollars } from "@/app/_shared/pricing/dollars";
import { addOnTitle } from "@/policies/entitlements/features";
import classes from "./plan-panel.module.css";
import { countText, type Plan, SOURCE_WORDS, STATUS_WORDS } from "./plan-words";
import { ResumeButton } from "./resume-button";

interface Props {
  answer: Pick<Plan, "limits" | "plan" | "sale">;
  tenant: string;
  zone: string;
}

type Fact = Parameters<typeof Facts>[0]["rows"][number];

function seatsOf({ limits }: Pick<Plan, "limits">): string {
  const seats = limits.find(({ limit }) => limit === "seats");
  return seats === undefined ? "–" : `${countText(seats.used)} of ${countText(seats.most)} taken`;
}

/** What the plan's next date means: its end, the end of a trial, or another period. */
function nextWords({ cancelAtPeriodEnd, status, source }: NonNullable<Plan["plan"]>): string {
  if (cancelAtPeriodEnd) return "Ends";
  if (status === "trialing") return "Trial ends";
  return source === "stripe" && status === "active" ? "Renews" : "Good until";
}

function actsOf({ plan, sale }: Props["answer"], tenant: string) {
  if (sale.bought === null || !sale.isOpen) return null;
  const here = `/t/${tenant}/billing`;
  if (plan?.cancelAtPeriodEnd === true) return <ResumeButton />;
  return (
    <>
      <ButtonLink href={`${here}/change`} isMain>
        Change plan
      </ButtonLink>
      <ButtonLink href={`${here}/cancel`}>Cancel plan</ButtonLink>
    </>
  );
}

/** What the tenant has, what it costs a month, and what can be done about it. */
export function PlanPanel({ answer, tenant, zone }: Props) {
  const { plan, sale } = answer;
  if (plan === null)
    return (
      <Panel title="Plan">
        <p>Nobody has bought or granted anything: the product itself, within the quotas of this deployment.</p>
      </Panel>
    );
  const rows: Fact[] = [
    ["Plan", plan.title ?? "Add-ons alone"],
    ["Add-ons", plan.addOns.length === 0 ? "None" : plan.addOns.map(addOnTitle).join(", ")],
    ["Seats", seatsOf(answer)],
    ...(sale.bought === null ? [] : [["A month", `${dollars(sale.bought.monthCents)} before tax and use`] as const]),
    ["Status", STATUS_WORDS[plan.status] ?? `Not known here (${plan.status})`],
    [nextWords(plan), <Moment key="until" at={plan.periodEnd} zone={zone} />],
    ...(plan.graceUntil === null
      ? []
      : [["Grace until", <Moment key="grace" at={plan.graceUntil} zone={zone} />] as const]),
    ["Said by", SOURCE_WORDS[plan.source]],
  ];
  return (
    <Panel title="Plan" aside={<div className={classes.acts}>{actsOf(answer, tenant)}</div>}>
      <Facts rows={rows} />
    </Panel>
  );
}
