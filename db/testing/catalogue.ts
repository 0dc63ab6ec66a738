import type pg from "pg";
import { APPEND_ONLY, ENGINE_FORGOTTEN, ENGINE_KEPT, ENGINE_SWEEPS, OWNER_ROLE, TENANTLESS } from "../walls";
import { APP_ROLE, ENGINE_ROLE } from "../client";

interface TableFacts {
  table: string;
  owner: string;
  has_rls: boolean;
  is_forced: boolean;
  has_tenant: boolean;
  tenant_not_null: boolean;
  is_view: boolean;
  is_materialized: boolean;
  is_invoker: boolean;
}

const TABLES = `
  select n.nspname || '.' || c.relname as "table", pg_get_userbyid(c.relowner) as owner,
    c.relrowsecurity as has_rls, c.relforcerowsecurity as is_forced,
    a.attname is not null as has_tenant, coalesce(a.attnotnull, false) as tenant_not_null,
    c.relkind = 'v' as is_view, c.relkind = 'm' as is_materialized,
    coalesce('security_invoker=true' = any(c.reloptions) or 'security_invoker=on' = any(c.reloptions), false) as is_invoker
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'drizzle')
  order by 1`;

// Restrictive, for all commands, to the app role, on reading and writing alike.
const WALLS = `
  select n.nspname || '.' || c.relname as "table"
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where not p.polpermissive and p.polcmd = '*'
    and p.polroles @> array[(select oid from pg_roles where rolname = '${APP_ROLE}')]
    and pg_get_expr(p.polqual, p.polrelid) ~ 'tenant_id = .*app.tenant_id'
    and pg_get_expr(p.polwithcheck, p.polrelid) ~ 'tenant_id = .*app.tenant_id'`;

// A key between two tenant tables must carry the tenant on both sides, or a child could point into another tenant.
const LOOSE_KEYS = `
  with tenant_tables as (select attrelid as oid, attnum from pg_attribute where attname = 'tenant_id' and not attisdropped)
  select k.conname as name, k.conrelid::regclass::text as "table"
  from pg_constraint k
  join tenant_tables child on child.oid = k.conrelid
  join tenant_tables parent on parent.oid = k.confrelid
  join pg_namespace n on n.oid = k.connamespace
  where k.contype = 'f' and n.nspname <> 'engine'
    and not exists (
      select 1 from unnest(k.conkey, k.confkey) as pair(own, other) where pair.own = child.attnum and pair.other = parent.attnum)`;

const FUNCTIONS = `
  select n.nspname || '.' || p.proname as name, p.prosecdef as is_definer
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname not in ('pg_catalog', 'information_schema') and p.prosecdef`;

const ROLES = `
  select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as is_privileged,
    (select count(*)::int from pg_class where relowner = r.oid) as owns,
    (select count(*)::int from pg_auth_members where member = r.oid) as memberships
  from pg_roles r where rolname in ('${APP_ROLE}', '${ENGINE_ROLE}')`;

const GRANTS = `
  select table_schema || '.' || table_name as "table", grantee, privilege_type as verb
  from information_schema.role_table_grants where grantee in ('${APP_ROLE}', '${ENGINE_ROLE}', 'PUBLIC')
    and table_schema not in ('pg_catalog', 'information_schema')`;

function tableFaults(facts: TableFacts, walled: ReadonlySet<string>): string[] {
  const { table } = facts;
  if (facts.is_materialized) return [`${table} is a materialized view, which row level security never filters`];
  if (facts.is_view) return facts.is_invoker ? [] : [`${table} is a view that runs as its owner`];
  const ownerFault = facts.owner === OWNER_ROLE ? [] : [`${table} belongs to ${facts.owner}`];
  if (table in TENANTLESS)
    return facts.has_tenant ? [`${table} is listed as tenantless and has a tenant_id`] : ownerFault;
  return [
    ...ownerFault,
    ...(facts.has_tenant ? [] : [`${table} has no tenant_id and is not on the closed list of tenantless tables`]),
    ...(facts.tenant_not_null ? [] : [`${table}.tenant_id may be null`]),
    ...(facts.has_rls ? [] : [`${table} has row level security off`]),
    ...(facts.is_forced ? [] : [`${table} does not force row level security`]),
    ...(walled.has(table) ? [] : [`${table} has no restrictive wall for all commands`]),
  ];
}

function grantFault({ table, grantee, verb }: { table: string; grantee: string; verb: string }): string[] {
  if (grantee === "PUBLIC") return [`${table} is open to everyone for ${verb}`];
  if (grantee === APP_ROLE && APPEND_ONLY.includes(table) && !["SELECT", "INSERT"].includes(verb))
    return [`the app role may ${verb} on ${table}, which is append-only`];
  const isSweep =
    table.startsWith("engine.") ||
    table in TENANTLESS ||
    (ENGINE_SWEEPS.includes(table) && verb === "SELECT") ||
    (ENGINE_KEPT.includes(table) && ["SELECT", "UPDATE"].includes(verb)) ||
    (ENGINE_FORGOTTEN.includes(table) && ["SELECT", "DELETE"].includes(verb));
  if (grantee === ENGINE_ROLE && !isSweep) return [`the engine role may ${verb} on ${table}, which no sweep needs`];
  return ["TRUNCATE", "REFERENCES", "TRIGGER"].includes(verb) ? [`${grantee} may ${verb} on ${table}`] : [];
}

/** Everything in the catalogue that opens the tenants' walls, in words; empty when nothing does. No list of tables by hand. */
export async function findWallFaults(client: pg.Client): Promise<string[]> {
  const tables = (await client.query<TableFacts>(TABLES)).rows;
  const walled = new Set((await client.query<{ table: string }>(WALLS)).rows.map((row) => row.table));
  const keys = (await client.query<{ name: string; table: string }>(LOOSE_KEYS)).rows;
  const functions = (await client.query<{ name: string }>(FUNCTIONS)).rows;
  const roles = (await client.query<{ name: string; is_privileged: boolean; owns: number; memberships: number }>(ROLES))
    .rows;
  const grants = (await client.query<{ table: string; grantee: string; verb: string }>(GRANTS)).rows;
  return [
    ...tables.flatMap((table) => tableFaults(table, walled)),
    ...keys.map(({ name, table }) => `the foreign key ${name} of ${table} does not carry the tenant`),
    ...functions.map(({ name }) => `the function ${name} runs with its owner's rights`),
    ...roles.flatMap(({ name, is_privileged, owns, memberships }) => [
      ...(is_privileged ? [`the role ${name} is privileged`] : []),
      ...(owns > 0 ? [`the role ${name} owns ${owns} relations`] : []),
      ...(memberships > 0 ? [`the role ${name} may act as another role`] : []),
    ]),
    ...grants.flatMap(grantFault),
  ];
}
