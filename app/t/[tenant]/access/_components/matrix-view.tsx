import { LinkTabs } from "@/app/_shared/link-tabs";
import { Empty, Panel } from "@/app/_shared/page";
import { pageLinks } from "@/app/_shared/page-params";
import { SearchForm } from "@/app/_shared/search-form";
import { load } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { SUBJECTS } from "@/server/access/schemas";
import { accessHref, type AccessParams } from "../search-params";
import { ReachTable } from "./reach-table";

/** Members and keys by action, for one kind of thing. */
export async function MatrixView({ tenant, params }: { tenant: string; params: AccessParams }) {
  const { subject = "workflow", text, cursor } = params;
  const { actions, rows, nextCursor } = await load((await tenantApi(tenant)).access.matrix({ subject, text, cursor }));
  const isAllThereIs = text === undefined && cursor === undefined && nextCursor === null;
  return (
    <>
      <LinkTabs
        label="Kind of thing"
        tabs={SUBJECTS.map((one) => ({
          ...{ name: one.replaceAll("_", " "), isHere: one === subject },
          href: accessHref(tenant, { subject: one, text }),
        }))}
      />
      {isAllThereIs ? null : (
        <SearchForm action={`/t/${tenant}/access`} label="Search by name or address" text={text} keeps={{ subject }} />
      )}
      <Panel isFlush>
        {rows.length === 0 ? (
          <Empty title={`Nobody here is called “${text ?? ""}”`} action={<a href={accessHref(tenant, {})}>Show all</a>}>
            Search for a part of a name or of an e-mail address.
          </Empty>
        ) : (
          <ReachTable
            actions={actions}
            rows={rows.map(({ id, name, kind, roles, until, reach, toxic, isUnreviewed }) => ({
              ...{ id, name, kind, roles, until, reach, toxic, isUnreviewed },
            }))}
            whyHref={accessHref(tenant, { tab: "why" })}
            exportAction={`/t/${tenant}/access/export`}
            {...pageLinks(cursor, nextCursor, (at) => accessHref(tenant, { subject, text, cursor: at }))}
          />
        )}
      </Panel>
      <p style={{ color: "var(--muted)" }}>
        As the tenant’s policy decides today, with no break-glass open. “On conditions” depends on the thing: its
        environment, risk, region, sensitivity, or who shaped it. Each cell leads to why.
      </p>
    </>
  );
}
