import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import formClasses from "@/app/_shared/filter-form.module.css";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, PageHead, Panel } from "@/app/_shared/page";
import type { TenantPageProps } from "@/app/_shared/page-params";
import { dollars } from "@/app/_shared/pricing/dollars";
import { LinesTable } from "@/app/_shared/pricing/lines-table";
import { Presets } from "@/app/_shared/pricing/presets";
import classes from "@/app/_shared/pricing/pricing.module.css";
import { UsageForm } from "@/app/_shared/pricing/usage-form";
import { CsvButton } from "@/app/_shared/table/csv-button";
import { attempt, load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { glanceHeads, glanceLines } from "./_components/glance-lines";
import { CataloguePanel } from "./_components/catalogue-panel";
import { monthLines, monthRows } from "./_components/month-lines";
import { MonthView } from "./_components/month-view";
import { shapeOf } from "@/server/pricing/domain/from-ledger";
import { COMPARED, askPricing } from "./ask-pricing";
import { OtherEditions } from "./_components/other-editions";
import { PriceBar } from "./_components/price-bar";
import type { Analysis } from "./_components/shown";

export const metadata: Metadata = { title: "Pricing" };

const TITLE = "Costs and margins";
const ABOUT =
  "What a month of a tenant costs us and leaves, and what moves it. Every unit cost is an assumption until it is measured.";
function Assumptions({ analysis: { unitCosts, breakEven, catalogue } }: { analysis: Analysis }) {
  return (
    <Panel title="What it is computed from" isFlush>
      <LinesTable
        label="Unit cost"
        heads={["Value", "Unit", "Source", "Basis"]}
        lines={unitCosts.map(({ what, value, unit, source, basis }) => ({
          ...{ name: what, cells: [value.toLocaleString("en-GB"), unit, source, basis] },
        }))}
        isNumeric={false}
      />
      <p className={classes.small} style={{ padding: 12 }}>
        {breakEven.tenants === null
          ? "No number of tenants pays for the platform"
          : `${breakEven.tenants} tenants pay for the platform`}
        , which costs {dollars(breakEven.platformFixed * 100)} a month: 70 % small, 25 % middle, 5 % large, with{" "}
        {dollars(breakEven.avgGPPerTenant * 100)} from each in the mean. Catalogue {catalogue.version},{" "}
        <code>{catalogue.hash.slice(0, 19)}…</code>
      </p>
    </Panel>
  );
}

export default async function PricingPage({ params, searchParams }: TenantPageProps) {
  const [{ tenant }, search] = [await params, await searchParams];
  const api = await tenantApi(tenant);
  const shape = shapeOf(await load(api.metering.recent({})));
  const { asked, written, compare, partners, names, hasUsed, question } = askPricing(search, shape);
  const answer = await attempt(api.pricing.analyse(question));
  if (answer.denied !== null) return <DeniedPage title={TITLE} about={ABOUT} denial={answer.denied} />;
  const { months } = answer.value;
  const beside = compare === undefined ? 0 : names.indexOf(COMPARED[compare]);
  const path = `/t/${tenant}/pricing`;
  return (
    <>
      <PageHead title={TITLE} about={ABOUT}>
        <CsvButton name="conductor-margins" headers={["What", ...names]} rows={monthRows(months)} />
        <ButtonLink href={`${path}/pdf?${new URLSearchParams(written)}`}>Export PDF</ButtonLink>
      </PageHead>
      <Presets path={path} others={hasUsed ? [["used", "From my last 30 days"]] : []} />
      {hasUsed ? null : <p className={classes.small}>This tenant used nothing in the last 30 days.</p>}
      <UsageForm action={path} asked={asked} names={["runs", "tasks", "weight", "seats", "discount"]}>
        <label>
          Look into, beside it
          <select className={formClasses.field} name="compare" defaultValue={compare ?? ""}>
            <option value="">nothing</option>
            {Object.entries(COMPARED).map(([name, words]) =>
              name === "used" && !hasUsed ? null : (
                <option key={name} value={name}>
                  {words}
                </option>
              ),
            )}
          </select>
        </label>
        <label>
          {"A partner's tenants"}
          <input
            className={formClasses.field}
            name="partners"
            type="number"
            min={0}
            max={100_000}
            defaultValue={partners}
          />
        </label>
      </UsageForm>
      {asked.usage.discountMilli === 0 ? null : (
        <Notice tone="wait" title={`With a discount of ${asked.usage.discountMilli / 10} %`}>
          Half of what may be let off needs approval; more than all of it is blocked.
        </Notice>
      )}
      <Panel title="At a glance" isFlush>
        <LinesTable label="A month" heads={glanceHeads} lines={glanceLines(months, names)} />
      </Panel>
      <Panel title="Where the price goes">
        {months.slice(0, 1).map((month) => (
          <PriceBar key="this" month={month} />
        ))}
      </Panel>
      <Panel title="Price, cost and margin" isFlush>
        <LinesTable label="US dollars a month" heads={names} lines={monthLines(months)} />
      </Panel>
      <div className={classes.two}>
        {months.map((month, nth) =>
          nth === 0 || nth === beside ? (
            <div key={names[nth]}>
              <MonthView name={names[nth] ?? ""} month={month} />
            </div>
          ) : null,
        )}
      </div>
      <OtherEditions analysis={answer.value} />
      <CataloguePanel tenant={tenant} />
      <Assumptions analysis={answer.value} />
    </>
  );
}
