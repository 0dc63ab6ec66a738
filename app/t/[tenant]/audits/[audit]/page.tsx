import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { LiveRefresh } from "@/app/_shared/live-refresh";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Facts, PageHead, Panel } from "@/app/_shared/page";
import { readerZone } from "@/app/_shared/reader";
import { Status } from "@/app/_shared/status";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { auditStatus } from "../_components/audit-status";
import { CheckPanel } from "../_components/check-panel";

export const metadata: Metadata = { title: "Audit" };

interface Props {
  params: Promise<{ tenant: string; audit: string }>;
}

export default async function AuditPage({ params }: Props) {
  const { tenant, audit: auditId } = await params;
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const [answer, zone] = await Promise.all([attempt(api.audits.get({ auditId })), readerZone()]);
  if (answer.denied !== null) return <DeniedPage title="Audit" about="" denial={answer.denied} />;
  const audit = answer.value;
  const mayDownload = hintOf(here, "evidence.export").may;
  return (
    <>
      <PageHead title="Internal audit">
        <ButtonLink href={`/t/${tenant}/audits`}>All audits</ButtonLink>
        <ButtonLink href={`/t/${tenant}/findings`}>Findings</ButtonLink>
        <ButtonLink href={`/t/${tenant}/audits/${auditId}/report`}>Markdown</ButtonLink>
        <ButtonLink href={`/t/${tenant}/audits/${auditId}/report?as=pdf`}>PDF</ButtonLink>
      </PageHead>
      <Panel title="Verdict" aside={<Status status={auditStatus(audit)} />}>
        <Facts
          rows={[
            ["Begun", <Moment key="begun" at={audit.startedAt} zone={zone} />],
            ["By", audit.startedByName],
            ["Ended", audit.endedAt === null ? "Not yet" : <Moment key="ended" at={audit.endedAt} zone={zone} />],
            ["Checks", `${audit.done} of ${audit.total}`],
            [
              "Report",
              audit.reportDigest === null ? (
                "None yet"
              ) : audit.evidenceId !== null && mayDownload ? (
                <a key="report" href={`/t/${tenant}/evidence/items/${audit.evidenceId}`}>
                  SHA-256 {audit.reportDigest.slice(0, 12)}…
                </a>
              ) : (
                `SHA-256 ${audit.reportDigest.slice(0, 12)}…`
              ),
            ],
            [
              "Bundle",
              audit.bundleId === null ? (
                "None"
              ) : (
                <a key="bundle" href={`/t/${tenant}/evidence`}>
                  Conductor_Internal_Audit
                </a>
              ),
            ],
          ]}
        />
      </Panel>
      {audit.checks.map((check) => (
        <CheckPanel key={check.id} tenant={tenant} check={check} />
      ))}
      {audit.endedAt === null ? <LiveRefresh everySeconds={2} /> : null}
    </>
  );
}
