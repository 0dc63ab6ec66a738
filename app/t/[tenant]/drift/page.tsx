import type { Metadata } from "next";
import { FeatureNotice } from "@/app/_shared/feature-notice";
import { LinkTabs } from "@/app/_shared/link-tabs";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { assignable } from "@/app/_trpc/assignable";
import { ApiProvider } from "@/app/_trpc/client";
import { featureOf } from "@/app/_trpc/features";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { checkWords } from "./_components/check-words";
import { TaskPanel } from "./_components/task-panel";
import { driftHref, readDriftParams } from "./search-params";

export const metadata: Metadata = { title: "Drift" };

const TONES = { ok: "ok", late: "bad", failed: "bad", never: "wait" } as const;

export default async function DriftPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { state, cursor } = readDriftParams(await searchParams);
  const api = await tenantApi(tenant);
  const [page, status, zone, members, { closed }] = await Promise.all([
    load(api.drift.list({ state, cursor, limit: 20 })),
    load(api.drift.status({})),
    readerZone(),
    assignable(tenant, "remediation.assign"),
    featureOf(tenant, "drift-detection"),
  ]);
  const check = checkWords(status.lastCheck, status.open, Date.now());
  const links = pageLinks(cursor, page.nextCursor, (at) => driftHref(tenant, { state, cursor: at }));
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title="Drift"
        about="What is not as it should be: the database's walls, the policy, what runs, and what was decided. A task closes by itself once nothing differs any more."
      />
      <FeatureNotice tenant={tenant} feature="drift-detection">
        Whoever operates this deployment looks all the same. Tasks that are there close once nothing differs.
      </FeatureNotice>
      <LinkTabs
        label="Tasks"
        tabs={[
          { name: `Open (${status.open})`, isHere: state === "open", href: driftHref(tenant, { state: "open" }) },
          { name: "History", isHere: state === "closed", href: driftHref(tenant, { state: "closed" }) },
        ]}
      />
      {check.state === "ok" && status.open === 0 && state === "open" ? null : (
        <Notice tone={TONES[check.state]} title={check.words}>
          {status.lastCheck?.fault ?? undefined}
        </Notice>
      )}
      {page.rows.map((task) => (
        <TaskPanel key={task.id} tenant={tenant} task={task} zone={zone} members={closed === null ? members : null} />
      ))}
      {page.rows.length > 0 ? null : (
        <Panel>
          {state === "closed" ? (
            <Empty title="Nothing has differed yet">What differed once stays here, with what undid it.</Empty>
          ) : closed !== null ? (
            <Empty title="No task">New differences are not told to this tenant.</Empty>
          ) : check.state === "ok" ? (
            <Empty title={check.words}>
              The walls, the policy, what runs and what was decided are as they should be.
            </Empty>
          ) : (
            <Empty title="No difference is known">
              That is no all-clear:{" "}
              {check.state === "never" ? "no look was taken yet" : "the last look did not get through"}.
            </Empty>
          )}
        </Panel>
      )}
      {links.firstHref === null ? null : <ButtonLink href={links.firstHref}>First page</ButtonLink>}
      {links.nextHref === null ? null : <ButtonLink href={links.nextHref}>Next page</ButtonLink>}
    </ApiProvider>
  );
}
