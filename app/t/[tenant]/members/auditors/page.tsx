import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { durationText } from "@/app/_shared/duration";
import { hintOf } from "@/app/_shared/hints";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { AUDITOR_DAYS_MAX } from "@/server/members/domain/auditor";
import { MemberTabs } from "../_components/member-tabs";
import { AuditorsTable } from "./_components/auditors-table";
import { InviteAuditorButton } from "./_components/invite-auditor-button";
import { LogPanel } from "./_components/log-panel";
import { auditorsHref, readAuditorsParams } from "./search-params";

export const metadata: Metadata = { title: "Auditors" };

export default async function AuditorsPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { after, cursor, filters } = readAuditorsParams(await searchParams);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const hints = { invite: hintOf(here, "member.invite"), update: hintOf(here, "member.update") };
  const about = `Who was let in to audit this tenant, for ${AUDITOR_DAYS_MAX} days at a time at most, and what they opened. An auditor reads, and changes nothing.`;
  const zone = await readerZone();
  const auditors = await attempt(api.members.auditors({ cursor: after, limit: 100 }));
  if (auditors.denied !== null) return <DeniedPage title="Auditors" about={about} denial={auditors.denied} />;
  const now = Date.now();
  const rows = auditors.value.rows.map((row) => ({
    ...row,
    left: row.state === "active" ? durationText(Date.parse(row.endsAt) - now) : null,
  }));
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Auditors" about={about}>
        {hints.invite.may ? <InviteAuditorButton /> : null}
      </PageHead>
      <MemberTabs tenant={tenant} here="auditors" />
      <Panel isFlush>
        {rows.length === 0 ? (
          <Empty title="No auditor was let in yet">
            Invite one by their e-mail address, with what they are here for and the day on which they are out again.
          </Empty>
        ) : (
          <AuditorsTable
            rows={rows}
            zone={zone}
            mayUpdate={hints.update.may}
            logHrefs={Object.fromEntries(rows.map(({ id }) => [id, auditorsHref(tenant, { who: id })]))}
            {...pageLinks(after, auditors.value.nextCursor, (at) => auditorsHref(tenant, filters, { after: at }))}
          />
        )}
      </Panel>
      <LogPanel
        tenant={tenant}
        filters={filters}
        cursor={cursor}
        auditors={rows.map(({ id, name, email }) => ({ id, name: name ?? email }))}
        zone={zone}
      />
      {hints.invite.may ? null : (
        <p style={{ color: "var(--muted)" }}>Inviting auditors and ending their time: {hints.invite.why}</p>
      )}
    </ApiProvider>
  );
}
