import type { Metadata } from "next";
import { hintOf } from "@/app/_shared/hints";
import { Moment } from "@/app/_shared/moment";
import { ButtonLink, Empty, Facts, PageHead, Panel } from "@/app/_shared/page";
import { hrefOf, type TenantPageProps } from "@/app/_shared/page-params";
import { readerZone } from "@/app/_shared/reader";
import { Status } from "@/app/_shared/status";
import { ApiProvider } from "@/app/_trpc/client";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { enterTenant } from "@/app/_trpc/tenant";
import { PolicyTabs } from "../_components/policy-tabs";
import tableClasses from "../changes/_components/comparison-view.module.css";
import { GrantButtons } from "./_components/grant-buttons";
import type { GrantAct } from "./_components/grant-dialog";
import { readBreakGlassParams } from "./search-params";

export const metadata: Metadata = { title: "Break-glass" };

interface Grant {
  id: string;
  status: string;
  who: string;
  isOwn: boolean;
}

/** What the reader may do about a grant, as its status and their roles allow. */
function actsOn({ id: grantId, status, who, isOwn }: Grant, may: { open: boolean; approve: boolean }): GrantAct[] {
  const others = may.approve && !isOwn;
  if (status === "asked")
    return [
      ...(others ? (["open", "refuse"] as const).map((kind) => ({ kind, grantId, who })) : []),
      ...(may.open && isOwn ? [{ kind: "end" as const, grantId, who }] : []),
    ];
  if (status === "open") return may.open ? [{ kind: "end", grantId, who }] : [];
  return status === "ended" && others ? [{ kind: "review", grantId, who }] : [];
}

export default async function BreakGlassPage({ params, searchParams }: TenantPageProps) {
  const { tenant } = await params;
  const { here } = await enterTenant(tenant);
  const { cursor } = readBreakGlassParams(await searchParams);
  const api = await tenantApi(tenant);
  const [grants, zone] = await Promise.all([load(api.breakGlass.list({ cursor })), readerZone()]);
  const { minutesMost, needsSecond, rows, nextCursor } = grants;
  const [open, approve] = [hintOf(here, "break_glass.open"), hintOf(here, "break_glass.approve")];
  const may = { open: open.may, approve: approve.may };
  const ask = <GrantButtons acts={[{ kind: "ask", minutesMost, needsSecond }]} />;
  return (
    <ApiProvider tenant={tenant}>
      <PageHead
        title="Break-glass"
        about="Rights in need: for a short time, on record, and looked at afterwards by somebody else."
      >
        {open.may && minutesMost > 0 ? ask : null}
      </PageHead>
      <PolicyTabs tenant={tenant} here="/break-glass" />
      <Panel title="What the policy allows of it">
        <Facts
          rows={[
            ["The longest", minutesMost === 0 ? "it is never opened" : `${minutesMost} minutes`],
            ["Opened by", needsSecond ? "a second person" : "whoever asks; a second person looks at it afterwards"],
            [
              "What it opens",
              "Killing and cancelling anything of the tenant, and what is else confined to a business unit",
            ],
            ["What it never opens", "Another tenant, one's own work, another region's data"],
          ]}
        />
        {open.may ? null : <p>Asking for it: {open.why}</p>}
      </Panel>
      <Panel title="Who asked for it">
        {rows.length === 0 ? (
          <Empty title="Nobody has asked for it">
            What is opened here opens little, ends by itself, and stays on record.
          </Empty>
        ) : (
          <table className={tableClasses.cubes}>
            <thead>
              <tr>
                <th scope="col">Who and why</th>
                <th scope="col">Open</th>
                <th scope="col">Afterwards</th>
                <th scope="col">Actions</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((grant) => (
                <tr key={grant.id}>
                  <td>
                    {grant.who} <Status status={grant.status === "open" ? "glass-open" : grant.status} />
                    <div>
                      {grant.reference}: {grant.reason}
                    </div>
                  </td>
                  <td>
                    {grant.openedAt === null ? (
                      `${grant.minutes} minutes asked for`
                    ) : (
                      <>
                        <Moment at={grant.openedAt} zone={zone} /> to{" "}
                        <Moment at={grant.endedAt ?? grant.expiresAt} zone={zone} />
                        <div>opened by {grant.openedBy}</div>
                      </>
                    )}
                  </td>
                  <td>
                    {grant.reviewedBy === null ? null : <div>Looked at by {grant.reviewedBy}</div>}
                    {grant.comment}
                  </td>
                  <td>
                    <GrantButtons acts={actsOn(grant, may)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {nextCursor === null ? null : (
          <ButtonLink href={hrefOf(`/t/${tenant}/policy/break-glass`, { cursor: nextCursor })}>Older ones</ButtonLink>
        )}
      </Panel>
    </ApiProvider>
  );
}
