import { Empty, Panel } from "@/app/_shared/page";
import { pageLinks } from "@/app/_shared/page-params";
import { attempt } from "@/app/_trpc/load";
import { tenantApi } from "@/app/_trpc/server";
import { askedViews, auditorsHref, isNarrowed, type ViewFilters, viewsExportHref } from "../search-params";
import { ViewsFilter } from "./views-filter";
import { ViewsTable } from "./views-table";

interface Props {
  tenant: string;
  filters: ViewFilters;
  cursor: string | undefined;
  auditors: readonly { id: string; name: string }[];
  zone: string;
}

/** What auditors opened; for whoever may not see it, who could. */
export async function LogPanel({ tenant, filters, cursor, auditors, zone }: Props) {
  const api = await tenantApi(tenant);
  const log = await attempt(api.members.auditorViews({ ...askedViews(filters, zone), cursor }));
  if (log.denied !== null)
    return (
      <Panel title="What they opened">
        <p>{log.denied.message}</p>
      </Panel>
    );
  const { rows, nextCursor } = log.value;
  return (
    <>
      <h2 style={{ marginBottom: 8 }}>What they opened</h2>
      <ViewsFilter tenant={tenant} filters={filters} auditors={auditors} />
      <Panel isFlush>
        {rows.length > 0 ? (
          <ViewsTable
            tenant={tenant}
            rows={rows}
            zone={zone}
            exportAction={viewsExportHref(tenant, filters)}
            {...pageLinks(cursor, nextCursor, (at) => auditorsHref(tenant, filters, { cursor: at }))}
          />
        ) : isNarrowed(filters) || cursor !== undefined ? (
          <Empty title="Nothing like it was opened" action={<a href={auditorsHref(tenant, {})}>Show all</a>}>
            Take a filter away, or widen the days: they are days of the zone {zone}.
          </Empty>
        ) : (
          <Empty title="Nothing was opened yet">
            Whatever an auditor is shown is written down here first, once a minute for the same thing.
          </Empty>
        )}
      </Panel>
    </>
  );
}
