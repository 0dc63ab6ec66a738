import { desc, eq, sql } from "drizzle-orm";
import { receipts } from "@/db/schema";
import { APPEND_ONLY } from "@/db/walls";
import { findFault, genesisHash } from "@/server/receipts/domain/link";
import { ask, at, before, fail, noneBreaks, pass, type Probe, texts, unknown } from "./probe";

/** Links that are hashed anew each time: the newest. `conductor receipts verify` goes through all of them. */
const LINKS = 5_000;

export const receiptsChained: Probe = async ({ tx, tenantId, now }) => {
  const newest = await tx
    .select()
    .from(receipts)
    .where(eq(receipts.tenantId, tenantId))
    .orderBy(desc(receipts.seq))
    .limit(LINKS);
  const links = newest.reverse().map((row) => ({ ...row, at: row.at.toISOString() }));
  const [first] = links;
  if (first === undefined) return unknown("There is no receipt yet.");
  const start = { seq: first.seq - 1, hash: first.seq === 1 ? genesisHash("receipts", tenantId) : first.previousHash };
  const fault = findFault(links, start);
  if (fault !== null) return fail(`The chain is broken: ${fault.reason} at ${fault.seq}.`, { seq: fault.seq });
  const denied = await ask<{ id: string }>(
    { tx, tenantId, now },
    sql`select h.id from signed_heads h left join receipts r on r.tenant_id = h.tenant_id and r.seq = h.receipt_seq
      where h.tenant_id = ${tenantId} and h.receipt_seq > 0 and r.hash is distinct from h.receipt_hash order by 1 limit 20`,
  );
  if (denied.length > 0)
    return fail(`${denied.length} signed heads say otherwise than the chain.`, { heads: denied.map(({ id }) => id) });
  return pass(`The newest ${links.length} receipts are chained.`, { links: links.length });
};

export const headsFresh: Probe = async (scope) => {
  const [found] = await ask<{ late: number }>(
    scope,
    sql`select count(*)::int as late from receipts where tenant_id = ${scope.tenantId} and at < ${before(scope.now, 10, "minute")}
      and seq > coalesce((select max(receipt_seq) from signed_heads where tenant_id = ${scope.tenantId}), 0)`,
  );
  const late = found?.late ?? 0;
  return late === 0
    ? pass("Every receipt older than ten minutes is covered by a signed head.")
    : fail(`${late} receipts older than ten minutes are covered by no signed head.`, { late });
};

/** No table of the record, and no column of one, can be changed or emptied by the role under which the product works. */
export const recordAppendOnly: Probe = async (scope) => {
  const rows = await ask<{ name: string }>(
    scope,
    sql`select name from unnest(${texts(APPEND_ONLY)}) as name
      where has_table_privilege(current_user, name, 'update, delete, truncate')
        or has_any_column_privilege(current_user, name, 'update') order by 1`,
  );
  const open = rows.map(({ name }) => name);
  return open.length === 0
    ? pass(`The ${APPEND_ONLY.length} tables of the record can only be added to.`, { tables: APPEND_ONLY.length })
    : fail(`The record can be changed: ${open.join(", ")}.`, { open });
};

export const slosCounted: Probe = async (scope) => {
  const { tenantId, now } = scope;
  const [marks] = await ask<{ all: number; late: number }>(
    scope,
    sql`select count(*)::int as all, (count(*) filter (where watermark < ${before(now, 10, "minute")}))::int as late
      from slo_marks where tenant_id = ${tenantId}`,
  );
  if (marks === undefined || marks.all === 0) return unknown("No objective is counted yet.");
  if (marks.late > 0) return fail(`${marks.late} of ${marks.all} objectives are counted too late.`, marks);
  return noneBreaks(
    () => sql`
      with told as (
        select slo_id, generation, minute, sum(good) as good, sum(total) as total from slo_events
        where tenant_id = ${tenantId} and minute > ${before(now, 1, "day")} group by 1, 2, 3)
      select slo_id || ' ' || minute as id from told full join
        (select * from slo_minutes where tenant_id = ${tenantId} and minute > ${before(now, 1, "day")}) kept
        using (slo_id, generation, minute)
      where told.good is distinct from kept.good or told.total is distinct from kept.total`,
    {
      holds: `${marks.all} objectives are counted, and a recount of the last day says the same.`,
      breaks: (count) => `A recount of the last day differs in ${count} minutes.`,
    },
  )(scope);
};

export const clocksAgree: Probe = async (scope) => {
  const [clock] = await ask<{ apart: number }>(
    scope,
    sql`select abs(extract(epoch from clock_timestamp() - ${at(scope.now)}))::float8 as apart`,
  );
  if (clock === undefined) return unknown("The database did not say its time.");
  const seconds = Math.round(clock.apart);
  return clock.apart <= 5
    ? pass("The clocks of database and product agree.", { seconds })
    : fail(`The clocks of database and product are ${seconds} s apart.`, { seconds });
};
