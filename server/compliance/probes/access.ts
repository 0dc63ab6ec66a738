import { sql } from "drizzle-orm";
import { APP_ROLE } from "@/db/client";
import { allTables, TENANTLESS } from "@/db/walls";
import { GRACE_HOURS_MAX, KEY_DAYS_MAX, SERVICE_ROLES } from "@/server/api-keys/domain/limits";
import { after, ask, at, before, fail, noneBreaks, pass, type Probe, texts, unknown } from "./probe";

/** A tenant that does not exist: under it no row may be seen. */
const NO_TENANT = `ten_${"0".repeat(32)}`;

const WALLED = allTables()
  .filter(({ schema, name }) => schema === "public" && TENANTLESS[`${schema}.${name}`] === undefined)
  .map(({ name }) => name);

/** Tables whose wall is not as it was built, whatever rows they hold. */
const unwalled = sql`
  select wanted.name from unnest(${texts(WALLED)}) as wanted (name)
  left join pg_class c on c.relname = wanted.name and c.relnamespace = 'public'::regnamespace
  where not coalesce(c.relrowsecurity and c.relforcerowsecurity, false)
    or not exists (select 1 from pg_policies p where p.schemaname = 'public' and p.tablename = wanted.name
      and p.policyname = 'tenant_wall' and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL' and ${APP_ROLE} = any (p.roles)
      and p.qual like '%app.tenant_id%' and p.with_check like '%app.tenant_id%')
  order by 1`;

/** Reads and writes the tenant's rows as another tenant would, one that does not exist; then looks at each wall itself. */
export const tenantWalls: Probe = async (scope) => {
  const { tenantId } = scope;
  const [role] = await ask<{ passes: boolean; name: string }>(
    scope,
    sql`select rolname as name, rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user`,
  );
  if (role === undefined || role.passes) return fail(`The role ${role?.name ?? ""} passes by the walls.`);
  const enter = (tenant: string) => ask(scope, sql`select set_config('app.tenant_id', ${tenant}, true)`);
  await enter(NO_TENANT);
  const reads = WALLED.map(
    (table) =>
      sql`select ${table}::text as name where exists (select 1 from ${sql.identifier(table)} where tenant_id = ${tenantId})`,
  );
  const read = (await ask<{ name: string }>(scope, sql.join(reads, sql` union all `))).map(({ name }) => name);
  const written = await ask(
    scope,
    sql`update tenants set name = name where tenant_id = ${tenantId} returning tenant_id`,
  );
  await enter(tenantId);
  if (read.length > 0) return fail(`Another tenant reads rows of: ${read.join(", ")}.`, { read });
  if (written.length > 0) return fail("Another tenant changes the tenant's row.");
  const open = (await ask<{ name: string }>(scope, unwalled)).map(({ name }) => name);
  if (open.length > 0) return fail(`The wall is not whole around: ${open.join(", ")}.`, { open });
  return pass(`Another tenant reads and writes nothing behind ${WALLED.length} walls.`, { tables: WALLED.length });
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

/** A grace of five minutes, as the job that ends grants runs each minute. */
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

/** What keys may be made with (server/api-keys/domain/limits.ts), and as much again as clocks may differ. */
export const apiKeysBounded = noneBreaks(
  ({ tenantId, now }) => sql`select id from api_keys where tenant_id = ${tenantId} and revoked_at is null
    and (expires_at > created_at + make_interval(days => ${KEY_DAYS_MAX + 1})
      or previous_valid_until > ${after(now, GRACE_HOURS_MAX + 1, "hour")})`,
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
    select min(id) from secrets where tenant_id = ${tenantId} group by wrapped_key having count(*) > 1
    union all
    select id from api_keys where tenant_id = ${tenantId} and key_hash !~ ${HASH}
    union all
    select s.id from sessions s join members m on m.user_id = s.user_id and m.tenant_id = ${tenantId}
      where s.token_hash !~ ${HASH}`,
  {
    holds: "Secrets lie sealed, each under a key of its own, and keys and sessions as hashes.",
    breaks: (count) => `${count} secrets, keys or sessions lie open.`,
  },
);

export const secretsYoung = noneBreaks(
  ({ tenantId, now }) => sql`select id from secrets where tenant_id = ${tenantId} and ended_at is null
    and updated_at < ${before(now, 365, "day")}`,
  { holds: "No secret is older than a year.", breaks: (count) => `${count} secrets are older than a year.` },
);

/** A session ends two weeks after it was last used (server/auth/start-session.ts), and a day is for clocks. */
const SESSION_DAYS = 15;

export const sessionsBounded = noneBreaks(
  ({
    tenantId,
  }) => sql`select s.id from sessions s join members m on m.user_id = s.user_id and m.tenant_id = ${tenantId}
    where s.expires_at > s.last_seen_at + make_interval(days => ${SESSION_DAYS})`,
  { holds: "Every session ends in time.", breaks: (count) => `${count} sessions outlive ${SESSION_DAYS} days.` },
);

export const rolesApart = noneBreaks(
  ({ tenantId }) => sql`select id from api_keys where tenant_id = ${tenantId} and revoked_at is null
    and not (roles <@ ${texts(SERVICE_ROLES)})`,
  {
    holds: "No API key holds a role that governs.",
    breaks: (count) => `${count} API keys hold a role that governs.`,
  },
);

/** Each use of an emergency right is looked at within a week of its end. */
export const breakGlassReviewed = noneBreaks(
  ({ tenantId, now }) => sql`select id from break_glass_grants where tenant_id = ${tenantId} and (
      (status = 'ended' and ended_at < ${before(now, 7, "day")}) or (status = 'reviewed' and (reviewed_by = user_id or reviewed_at > ended_at + interval '7 days')))`,
  {
    holds: "Each use of an emergency right was looked at in time.",
    breaks: (count) => `${count} uses of an emergency right were not looked at by a second person in time.`,
  },
);
