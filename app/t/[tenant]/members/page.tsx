import type { Metadata } from "next";
import { DeniedPage } from "@/app/_shared/denied-page";
import { hintOf } from "@/app/_shared/hints";
import { Empty, PageHead, Panel } from "@/app/_shared/page";
import { pageLinks, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { SearchForm } from "@/app/_shared/search-form";
import { ApiProvider } from "@/app/_trpc/client";
import { attempt, load } from "@/app/_trpc/load";
import { reader, tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { InvitationsTable } from "./_components/invitations-table";
import { InviteButton } from "./_components/invite-button";
import { MemberTabs } from "./_components/member-tabs";
import { MembersTable } from "./_components/members-table";
import { membersHref, readMembersParams } from "./search-params";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { text, cursor, invite } = readMembersParams(await searchParams);
  const api = await tenantApi(tenant);
  const { here } = await enterTenant(tenant);
  const hints = { invite: hintOf(here, "member.invite"), update: hintOf(here, "member.update") };
  const [members, invitations, zone, person] = await Promise.all([
    attempt(api.members.list({ text, cursor })),
    hints.invite.may ? attempt(api.members.invitations({ status: "pending" })) : null,
    readerZone(),
    load(reader()),
  ]);
  const about = "Who belongs to this tenant, and what each may do and see.";
  if (members.denied !== null) return <DeniedPage title="Members" about={about} denial={members.denied} />;
  const { rows, nextCursor } = members.value;
  const isAllThereIs = text === undefined && cursor === undefined && nextCursor === null;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead title="Members" about={about}>
        {hints.invite.may ? <InviteButton isOpenAtFirst={invite} /> : null}
      </PageHead>
      <MemberTabs tenant={tenant} here="members" />
      {isAllThereIs ? null : (
        <SearchForm action={`/t/${tenant}/members`} label="Search all members by name or address" text={text} />
      )}
      <Panel isFlush>
        {rows.length === 0 ? (
          <Empty
            title={text === undefined ? "No member on this page" : `No member is called “${text}”`}
            action={<a href={membersHref(tenant, {})}>Show all members</a>}
          >
            Search for a part of a name or of an e-mail address.
          </Empty>
        ) : (
          <MembersTable
            tenant={tenant}
            rows={rows}
            zone={zone}
            mayUpdate={hints.update.may}
            ownEmail={person?.email ?? ""}
            {...pageLinks(cursor, nextCursor, (at) => membersHref(tenant, { text, cursor: at }))}
          />
        )}
      </Panel>
      {rows.length === 1 && isAllThereIs && hints.invite.may ? (
        <p style={{ marginBottom: 16, color: "var(--muted)" }}>
          Reviews need a second person: invite somebody as workflow reviewer.
        </p>
      ) : null}
      {invitations === null || invitations.denied !== null || invitations.value.rows.length === 0 ? null : (
        <Panel title="Open invitations" isFlush>
          <InvitationsTable rows={invitations.value.rows} zone={zone} />
        </Panel>
      )}
      {hints.invite.may ? null : (
        <p style={{ color: "var(--muted)" }}>Inviting and changing members: {hints.invite.why}</p>
      )}
    </ApiProvider>
  );
}
