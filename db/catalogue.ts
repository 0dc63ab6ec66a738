import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import type { Catalogue, Expected, FoundFunction, FoundPolicy, FoundRole } from "@/server/drift/domain/catalogue";
import { writtenObjects } from "@/server/drift/domain/written-objects";
import { APP_ROLE, ENGINE_ROLE } from "./client";
import type { Tx } from "./tenancy";
import { expectedTables, OWNER_ROLE } from "./walls";

const named = (namespace: string, name: string) => `${namespace}.nspname || '.' || ${name}`;
/** Ours are in two schemas; what an extension brought along is its own affair. */
const ours = (catalogue: string, row: string) =>
  `n.nspname in ('public', 'engine') and not exists (select from pg_depend d
     where d.classid = '${catalogue}'::regclass and d.objid = ${row}.oid and d.deptype = 'e')`;

const RELATIONS = `
  select ${named("n", "c.relname")} as "table",
    case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end as kind,
    pg_get_userbyid(c.relowner) as owner, c.relrowsecurity as "hasRls", c.relforcerowsecurity as "isForced"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${ours("pg_class", "c")} order by 1`;

const POLICIES = `
  select ${named("n", "c.relname")} as "table", p.polname as name, not p.polpermissive as "isRestrictive",
    case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end
      as command,
    (select array_agg(case when r = 0 then 'public' else pg_get_userbyid(r)::text end order by 1) from unnest(p.polroles) r)
      as roles,
    pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'engine') order by 1, 2`;

// Whoever reads everything anyway gains nothing by a grant; providers hand theirs out by default.
const GRANTS = `
  with acl as (
    select c.oid, null::text as "column", x.grantee, x.privilege_type from pg_class c, aclexplode(c.relacl) x
      where c.relkind in ('r', 'p', 'v', 'm', 'f')
    union all
    select a.attrelid, a.attname::text, x.grantee, x.privilege_type from pg_attribute a, aclexplode(a.attacl) x)
  select ${named("n", "c.relname")} as "table", acl."column", coalesce(r.rolname, 'public') as grantee,
    lower(acl.privilege_type) as verb
  from acl join pg_class c on c.oid = acl.oid join pg_namespace n on n.oid = c.relnamespace
  left join pg_roles r on r.oid = acl.grantee
  where ${ours("pg_class", "c")} and acl.grantee <> c.relowner and r.rolsuper is not true
    and (r.rolbypassrls is not true or r.rolname in ('${APP_ROLE}', '${ENGINE_ROLE}'))
  order by 1, 2, 3, 4`;

const FUNCTIONS = `
  select ${named("n", "p.proname")} as name, oidvectortypes(p.proargtypes) as args, p.prosrc as body, l.lanname as language,
    case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
    p.prosecdef as "isDefiner", coalesce(p.proconfig, '{}') as config, pg_get_userbyid(p.proowner) as owner
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where ${ours("pg_proc", "p")} order by 1, 2`;

const TRIGGERS = `
  select ${named("n", "c.relname")} as "table", t.tgname as name, t.tgenabled = 'O' as "isOn",
    pg_get_triggerdef(t.oid) as definition
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and ${ours("pg_class", "c")} order by 1, 2`;

const RULES = `
  select ${named("n", "c.relname")} as "table", w.rulename as name
  from pg_rewrite w join pg_class c on c.oid = w.ev_class join pg_namespace n on n.oid = c.relnamespace
  where w.rulename <> '_RETURN' and n.nspname in ('public', 'engine') order by 1, 2`;

const ROLES = `
  select r.rolname as name,
    array_remove(array[case when r.rolsuper then 'superuser' end, case when r.rolbypassrls then 'bypassrls' end,
      case when r.rolcreaterole then 'createrole' end, case when r.rolcreatedb then 'createdb' end,
      case when r.rolreplication then 'replication' end, case when r.rolcanlogin then 'login' end], null) as attributes,
    coalesce((select array_agg(g.rolname::text order by 1) from pg_auth_members m join pg_roles g on g.oid = m.roleid
      where m.member = r.oid), '{}') as "memberOf",
    coalesce((select array_agg(setting order by 1) from pg_db_role_setting s, unnest(s.setconfig) setting
      where s.setrole = r.oid and (s.setdatabase = 0 or s.setdatabase =
        (select oid from pg_database where datname = current_database()))), '{}') as config
  from pg_roles r where r.rolname in ('${APP_ROLE}', '${ENGINE_ROLE}', '${OWNER_ROLE}') order by 1`;

/** Reads what the database's catalogue says of walls, grants, roles, functions and triggers. Any role may. */
export async function readCatalogue(tx: Tx): Promise<Catalogue> {
  const rows = async <Row>(text: string) =>
    (await tx.execute<Row & Record<string, unknown>>(sql.raw(text))).rows as Row[];
  return {
    relations: await rows<Catalogue["relations"][number]>(RELATIONS),
    policies: await rows<FoundPolicy>(POLICIES),
    grants: await rows<Catalogue["grants"][number]>(GRANTS),
    functions: await rows<FoundFunction>(FUNCTIONS),
    triggers: await rows<Catalogue["triggers"][number]>(TRIGGERS),
    rules: await rows<Catalogue["rules"][number]>(RULES),
    roles: await rows<FoundRole>(ROLES),
  };
}

const EXPECTED_ROLES: readonly FoundRole[] = [
  { name: APP_ROLE, attributes: ["login"], memberOf: [], config: [] },
  { name: ENGINE_ROLE, attributes: ["login"], memberOf: [], config: ["enable_seqscan=off"] },
  { name: OWNER_ROLE, attributes: [], memberOf: [], config: [] },
];

/** What this release's code says of the same: its schema, its lists and its migrations. */
export function expectedCatalogue(): Expected {
  const folder = path.join(process.cwd(), "db", "migrations");
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  return {
    ...{ owner: OWNER_ROLE, tables: expectedTables(), roles: [...EXPECTED_ROLES] },
    ...writtenObjects(files.sort().map((file) => readFileSync(path.join(folder, file), "utf8"))),
  };
}
