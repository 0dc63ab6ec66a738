import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { Notice } from "@/app/_shared/notice";
import { ButtonLink, Empty, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { SloCard } from "./_components/slo-card";
import classes from "./_components/slo-card.module.css";

export const metadata: Metadata = { title: "SLOs" };

/** Objectives are judged once a minute. */
const REFRESH_SECONDS = 30;
/** A judgement older than this is no news any more, in milliseconds. */
const STALE_MS = 5 * 60_000;

const EDITION_WORDS = { internal: "Internal", "white-label": "White-Label", saas: "Hosted SaaS" } as const;

export default async function SlosPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const api = await tenantApi(tenant);
  const [answer, zone] = await Promise.all([attempt(api.slos.list({})), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="SLOs" denial={answer.denied} />;
  const { edition, rows } = answer.value;
  const judged = rows.map(({ watermark }) => watermark).sort()[0] ?? null;
  const isStale = judged !== null && Date.now() - Date.parse(judged) > STALE_MS;
  return (
    <>
      <LiveRefresh everySeconds={REFRESH_SECONDS} />
      <PageHead
        title="Conductor SLO view"
        about={
          <>
            What the {EDITION_WORDS[edition]} edition promises of this tenant’s automation, and how it stands
            {judged === null ? "" : " at "}
            {judged === null ? null : <Moment at={judged} zone={zone} />}. It is judged each minute.
          </>
        }
      >
        <ButtonLink href={`/t/${tenant}/incidents`}>Incidents</ButtonLink>
      </PageHead>
      {isStale ? (
        <Notice tone="bad" title="This is not judged any more">
          The last minute that was judged is the one shown above. Whoever operates this deployment should look at its
          worker; alerts are late by as much.
        </Notice>
      ) : null}
      {rows.length === 0 ? (
        <Panel>
          <Empty title="Nothing is measured yet">
            A tenant gets the objectives of its edition within its first minute. Look again then.
          </Empty>
        </Panel>
      ) : (
        <div className={classes.cards}>
          {rows.map((slo) => (
            <SloCard key={slo.id} tenant={tenant} slo={slo} />
          ))}
        </div>
      )}
    </>
  );
}
