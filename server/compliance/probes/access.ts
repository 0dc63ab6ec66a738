import { sql } from "drizzle-orm";
import { SERVICE_ROLES } from "@/server/api-keys/domain/limits";
import { ask, at, before, fail, noneBreaks, pass, type Probe, unknown } from "./probe";

interface WallRow extends Record<string, unknown> {
  table: string;
  walled: boolean;
}

/** Row-level security is on and forced, with a policy, on each table that has a tenant; the role cannot pass it by; and no row of another is seen. */
export const tenantWalls: Probe = async (scope) => {
  const [role] = await ask<{ passes: boolean; name: string }>(
    scope,
    sql`select rolname as name, rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user`,
  );
  if (role === undefined || role.passes) return fail(`The role ${role?.name ?? ""} passes by the walls.`);
  const tables = await ask<WallRow>(
    scope,
    sql`select c.relname as table, c.relrowsecurity and c.relforcerowsecurity
        and exists (select 1 from pg_policy p where p.polrelid = c.oid) as walled
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const open = tables.filter(({ walled }) => !walled).map(({ table }) => table);
  if (open.length > 0) return fail(`Without a wall: ${open.join(", ")}.`, { open });
  const foreign = sql.join(
    ["receipts", "workflows", "runs", "members", "secrets"].map(
      (table) => sql`select 1 from ${sql.identifier(table)} where tenant_id <> ${scope.tenantId}`,
    ),
    sql` union all `,
  );
  const [seen] = await ask<{ rows: number }>(scope, sql`select count(*)::int as rows from (${foreign}) foreign_rows`);
  const rows = seen?.rows ?? 0;
  if (rows > 0) return fail(`${rows} rows of other tenants are seen from inside.`, { rows });
  return pass(`${tables.length} tables are walled, and no row of another tenant is seen.`, { tables: tables.length });
};

/** Access is reviewed each quarter, with ten days' grace. */
export const accessReviewed: Probe = async (scope) => {
  const [late] = await ask<{ id: string }>(
    scope,
    sql`select id from access_reviews where tenant_id = ${scope.tenantId} and status = 'open' and due_at < ${at(scope.now)} limit 1`,
  );
  if (late !== undefined) return fail("A review of access is open past its day.", { review: late.id });
  const [last] = await ask<{ id: string; closed_at: string | Date }>(
    scope,
    sql`select id, closed_at from access_reviews where tenant_id = ${scope.tenantId} and status = 'closed'
      order by closed_at desc limit 1`,
  );
  if (last === undefined) return unknown("No review of access was closed yet.");
  const days = (scope.now.getTime() - new Date(last.closed_at).getTime()) / 86_400_000;
  return days <= 100
    ? pass("Access was reviewed in the last 100 days.", { review: last.id })
    : fail(`Access was last reviewed ${Math.floor(days)} days ago.`, { review: last.id });
};

/** Five minutes are the job's that ends them. */
export const grantsEnd = noneBreaks(
  ({ tenantId, now }) => sql`
    select id from break_glass_grants where tenant_id = ${tenantId} and status = 'open' and expires_at < ${before(now, 5, "minute")}
    union all
    select m.id from members m where m.tenant_id = ${tenantId} and m.break_glass_until > ${at(now)} and not exists (
      select 1 from break_glass_grants g where g.tenant_id = m.tenant_id and g.user_id = m.user_id and g.status = 'open')`,
  {
    holds: "No emergency right outlives its time.",
    breaks: (count) => `${count} emergency rights outlive their time.`,
  },
);

export const apiKeysBounded = noneBreaks(
  ({ tenantId, now }) => sql`select id from api_keys where tenant_id = ${tenantId} and revoked_at is null
    and (expires_at > created_at + interval '400 days' or previous_valid_until > ${before(now, -31, "day")})`,
  { holds: "Every API key ends in time.", breaks: (count) => `${count} API keys open for longer than they may.` },
);

/** What a hash is: 64 hexadecimal digits, or 43 of base64url. */
const HASH = "^([0-9a-f]{64}|[A-Za-z0-9_-]{43})$";

/** What is sealed: nonce and tag at least, in base64url. */
const SEALED = "^[A-Za-z0-9_-]{38,}$";

export const secretsSealed = noneBreaks(
  ({ tenantId }) => sql`
    select id from secrets where tenant_id = ${tenantId}
      and (sealed_value !~ ${SEALED} or wrapped_key !~ ${SEALED})
    union all
    select id from api_keys where tenant_id = ${tenantId} and key_hash !~ ${HASH}
    union all
    select s.id from sessions s join members m on m.user_id = s.user_id and m.tenant_id = ${tenantId}
      where s.token_hash !~ ${HASH}`,
  {
    holds: "Secrets lie sealed, and keys and sessions as hashes.",
    breaks: (count) => `${count} secrets, keys or sessions lie open.`,
  },
);

export const secretsYoung = noneBreaks(
  ({ tenantId, now }) => sql`select id from secrets where tenant_id = ${tenantId} and ended_at is null
    and updated_at < ${before(now, 365, "day")}`,
  { holds: "No secret is older than a year.", breaks: (count) => `${count} secrets are older than a year.` },
);

export const sessionsBounded = noneBreaks(
  ({
    tenantId,
  }) => sql`select s.id from sessions s join members m on m.user_id = s.user_id and m.tenant_id = ${tenantId}
    where s.expires_at > s.last_seen_at + interval '31 days'`,
  { holds: "Every session ends in time.", breaks: (count) => `${count} sessions outlive 31 days.` },
);

export const rolesApart = noneBreaks(
  ({ tenantId }) => sql`select id from api_keys where tenant_id = ${tenantId} and revoked_at is null
    and not (roles <@ ${sql.param(`{${SERVICE_ROLES.join(",")}}`)}::text[])`,
  {
    holds: "No API key holds a role that governs.",
    breaks: (count) => `${count} API keys hold a role that governs.`,
  },
);

/** Each use of an emergency right is looked at within a week of its end. */
export const breakGlassReviewed = noneBreaks(
  ({ tenantId, now }) => sql`select id from break_glass_grants where tenant_id = ${tenantId} and (
      (status = 'ended' and ended_at < ${before(now, 7, "day")}) or (status = 'reviewed' and reviewed_by = user_id))`,
  {
    holds: "Each use of an emergency right was looked at in time.",
    breaks: (count) => `${count} uses of an emergency right were not looked at by a second person in time.`,
  },
);
