import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { PolicyTabs } from "../_components/policy-tabs";
import { attempt, load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { failureWord } from "@/policies/access/explain";
import { DecisionFilter } from "./_components/decision-filter";
import { DecisionsChart } from "./_components/decisions-chart";
import { DecisionsTable } from "./_components/decisions-table";
import classes from "./_components/decisions.module.css";
import { asked, decisionsHref, isNarrowed, readDecisionsParams } from "./search-params";

export const metadata: Metadata = { title: "Decisions" };

const WINDOW_WORDS = { day: "24 hours", week: "7 days", month: "30 days" } as const;
const whyWords = (failed: readonly string[]) => failed.map(failureWord).join("; ");

export default async function DecisionsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { before, window, filters } = readDecisionsParams(await searchParams);
  const zone = await readerZone();
  const api = await tenantApi(tenant);
  const about =
    "Every denial, and every permission that is privileged, in a chain of their own. Each can be decided again under any later policy.";
  const answer = await attempt(api.decisions.list({ ...asked(filters, zone), before }));
  if (answer.denied !== null) return <DeniedPage title="Decisions" about={about} denial={answer.denied} />;
  const summary = await load(api.decisions.summary({ window }));
  const { rows, nextBefore } = answer.value;
  return (
    <>
      <PageHead title="Decisions" about={about} />
      <PolicyTabs tenant={tenant} here="/decisions" />
      <LinkTabs
        label="How far back"
        tabs={(["day", "week", "month"] as const).map((each) => ({
          ...{ name: WINDOW_WORDS[each], isHere: each === window },
          href: decisionsHref(tenant, { ...filters, window: each }),
        }))}
      />
      <Panel title={`${summary.allowed} allowed, ${summary.denied} denied in ${WINDOW_WORDS[window]}`}>
        <DecisionsChart bucket={summary.bucket} buckets={summary.buckets} />
      </Panel>
      {summary.top.length === 0 ? null : (
        <Panel title="Denied most">
          <ol className={classes.top}>
            {summary.top.map(({ action, code, failed, count, last }) => (
              <li key={`${action} ${code} ${failed.join()}`}>
                <strong>{count}</strong>
                <a href={`/t/${tenant}/policy/decisions/${last}`}>{action}</a>
                <span className={classes.quiet}>{whyWords(failed)}</span>
              </li>
            ))}
          </ol>
        </Panel>
      )}
      <DecisionFilter tenant={tenant} filters={filters} />
      <Panel isFlush>
        {rows.length > 0 ? (
          <DecisionsTable
            tenant={tenant}
            rows={rows.map(({ id: _id, failed, rules, ...row }) => ({
              ...row,
              why: row.allow ? rules.join(", ") : whyWords(failed),
            }))}
            zone={zone}
            {...pageLinks(before, nextBefore, (place) => decisionsHref(tenant, { ...filters, window, before: place }))}
          />
        ) : before === undefined && !isNarrowed(filters) ? (
          <Empty title="No decisions on record yet">A denial leaves one, and so does what only few may do.</Empty>
        ) : (
          <Empty title="No decision matches" action={<a href={decisionsHref(tenant, {})}>Show all decisions</a>}>
            Nothing in the chain is all of this at once. Take a filter away, or widen the days: they are days of the
            zone {zone}.
          </Empty>
        )}
      </Panel>
    </>
  );
}
