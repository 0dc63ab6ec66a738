import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { is } from "drizzle-orm";
import { APP_ROLE, ENGINE_ROLE } from "./client";
import type { Expected } from "@/server/drift/domain/catalogue";
import * as schema from "./schema";

export const OWNER_ROLE = "conductor_owner";

type Verb = "select" | "insert" | "update" | "delete";

/** Tables that belong to no tenant. Closed: a table is either here or walled. */
export const TENANTLESS: Readonly<Record<string, { why: string; app: readonly Verb[]; engine: readonly Verb[] }>> = {
  "public.users": { why: "one person, many tenants", app: ["select", "insert", "update"], engine: ["select"] },
  "public.accounts": { why: "sign-in methods of a person", app: ["select", "insert", "delete"], engine: [] },
  "public.sessions": {
    why: "a session opens several tenants",
    app: ["select", "insert", "update", "delete"],
    engine: ["select", "delete"],
  },
  "public.verification_tokens": {
    why: "before sign-in nobody is known",
    app: ["select", "insert", "delete"],
    engine: ["select", "delete"],
  },
  "public.messages": { why: "sign-in mail has no tenant", app: ["select", "insert"], engine: ["select", "delete"] },
  "public.rate_limits": {
    why: "callers without a tenant are limited too",
    app: ["select", "insert", "update"],
    engine: ["select", "delete"],
  },
  "public.deployment_kills": {
    why: "a kill of all tenants is read by the turns of each",
    app: ["select", "insert", "update"],
    engine: ["select"],
  },
  "public.processes": {
    why: "a process serves all tenants",
    app: ["select", "insert", "update", "delete"],
    engine: ["select"],
  },
  "public.drift_checks": {
    why: "one check looks at the deployment and all tenants",
    app: ["select"],
    engine: ["select", "insert", "update"],
  },
  "public.billing_events": {
    why: "an event of the seller names a customer, and only our own record says whose that is",
    app: ["select", "insert", "update"],
    engine: ["select", "update", "delete"],
  },
  "public.slo_passes": {
    why: "one pass judges the objectives of all tenants",
    app: ["select"],
    engine: ["select", "insert", "update", "delete"],
  },
  "public.billing_looks": {
    why: "one look compares the seller with all tenants",
    app: ["select"],
    engine: ["select", "insert", "update"],
  },
  "engine.cron": { why: "schedules of the deployment", app: [], engine: ["select", "insert", "update", "delete"] },
  "engine.workers": {
    why: "worker processes of the deployment",
    app: ["select"],
    engine: ["select", "insert", "update", "delete"],
  },
};

/** Tenant tables that the engine role may read across tenants, for the sweeps named in tenancy.ts. */
export const ENGINE_SWEEPS: readonly string[] = [
  "public.tenants",
  "public.members",
  "public.invitations",
  "public.api_keys",
  "public.receipts",
  "public.decisions",
  "public.signed_heads",
  "public.holds",
  "public.triggers",
  "public.trigger_fires",
  "public.tenant_quotas",
  "public.run_counts",
  "public.quota_episodes",
  "public.approvals",
  "public.break_glass_grants",
  "public.remediation_tasks",
  "public.access_reviews",
  "public.billing_customers",
  "public.entitlement_trials",
  "public.usage_reports",
  "public.catalogue_signatures",
  "public.slos",
  "public.slo_events",
  "public.slo_totals",
  "public.slo_minutes",
  "public.slo_alerts",
  "public.findings",
  "public.mitigations",
  "public.incidents",
  "public.incident_messages",
];

/** Tenant tables that it writes across tenants too: sums that one pass moves for all of them at once. */
export const ENGINE_KEPT: readonly string[] = ["public.slo_marks", "public.slo_windows"];

/** Tenant tables from which it deletes what is too old, since the app role may not. */
export const ENGINE_FORGOTTEN: readonly string[] = ["public.auditor_views"];

/** What was once written here stays: the app role may add and read. */
export const APPEND_ONLY: readonly string[] = [
  "public.receipts",
  "public.decisions",
  "public.signed_heads",
  "public.usage_ledger",
  "public.policy_snapshots",
  "public.catalogue_signatures",
  "public.incident_entries",
  "public.evidence_items",
  "public.control_facts",
  "public.control_exceptions",
  "public.control_exception_ends",
  "public.auditor_views",
];

/** The one engine table the app role writes: a verb's events, in the verb's transaction. */
const OUTBOX = "engine.events";

/** The one it reads, of its own tenant: what pages say about a queued run. */
const HITS = "engine.quota_hits";

export interface TableName {
  schema: string;
  name: string;
}

/** Every table of the schema, by its full name. */
export function allTables(): TableName[] {
  return Object.values(schema)
    .filter((value) => is(value, PgTable))
    .map((table) => getTableConfig(table))
    .map((config) => ({ schema: config.schema ?? "public", name: config.name }));
}

// `select` around the setting makes the planner read it once per statement instead of once per row.
const OWN_TENANT = "tenant_id = (select nullif(current_setting('app.tenant_id', true), ''))";
const IN_SWEEP = "(select nullif(current_setting('app.sweep', true), '')) is not null";

function grants(role: string, table: string, verbs: readonly Verb[]): string[] {
  const none = `revoke all on ${table} from ${role}`;
  return verbs.length === 0 ? [none] : [none, `grant ${verbs.join(", ")} on ${table} to ${role}`];
}

/** A policy of row level security, as it is created. */
interface WallPolicy {
  name: string;
  isRestrictive: boolean;
  command: "all" | "select";
  roles: string[];
  using: string;
  check: string | null;
}

function policyStatements(table: string, { name, isRestrictive, command, roles, using, check }: WallPolicy): string[] {
  const written = check === null ? "" : ` with check (${check})`;
  const kind = isRestrictive ? "as restrictive " : "";
  return [
    `drop policy if exists ${name} on ${table}`,
    `create policy ${name} on ${table} ${kind}for ${command} to ${roles.join(", ")} using (${using})${written}`,
  ];
}

function appVerbs(table: string): readonly Verb[] {
  if (table === OUTBOX) return ["insert"];
  if (table === HITS) return ["select"];
  if (table.startsWith("engine.")) return [];
  return APPEND_ONLY.includes(table) ? ["select", "insert"] : ["select", "insert", "update", "delete"];
}

function engineVerbs(table: string): readonly Verb[] {
  if (table.startsWith("engine.")) return ["select", "insert", "update", "delete"];
  if (ENGINE_KEPT.includes(table)) return ["select", "update"];
  if (ENGINE_FORGOTTEN.includes(table)) return ["select", "delete"];
  return ENGINE_SWEEPS.includes(table) ? ["select"] : [];
}

function policiesOf(table: string): WallPolicy[] {
  const verbs = engineVerbs(table);
  const [own, everybody] = [[APP_ROLE, OWNER_ROLE], { using: "true", check: "true" }];
  const isSweep = verbs.length === 1;
  return [
    // Restrictive, so that no later permissive policy can open the wall: permissive policies are OR-ed.
    {
      ...{ name: "tenant_wall", isRestrictive: true, command: "all", roles: own },
      ...{ using: OWN_TENANT, check: OWN_TENANT },
    },
    { name: "tenant_rows", isRestrictive: false, command: "all", roles: own, ...everybody },
    ...(verbs.length === 0
      ? []
      : [
          {
            ...{ name: "system_sweep", isRestrictive: false, roles: [ENGINE_ROLE], using: IN_SWEEP },
            ...(isSweep ? { command: "select" as const, check: null } : { command: "all" as const, check: IN_SWEEP }),
          },
        ]),
  ];
}

function wallTable(table: string): string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `drop policy if exists system_sweep on ${table}`,
    ...policiesOf(table).flatMap((policy) => policyStatements(table, policy)),
    ...grants(APP_ROLE, table, appVerbs(table)),
    ...grants(ENGINE_ROLE, table, engineVerbs(table)),
  ];
}

/** The walls and grants of every table as data, each part with the statements that make it so: for comparing. */
export function expectedTables(): Expected["tables"] {
  return allTables().map(({ schema: room, name }) => {
    const table = `${room}.${name}`;
    const open = TENANTLESS[table];
    const verbsOf = open ?? { app: appVerbs(table), engine: engineVerbs(table) };
    const granted = (role: string, verbs: readonly Verb[]) => ({
      ...{ role, verbs: [...verbs], statements: grants(role, table, verbs) },
    });
    return {
      ...{ table, isWalled: open === undefined },
      policies:
        open === undefined
          ? policiesOf(table).map((policy) => {
              const { name: named, ...definition } = policy;
              return { name: named, definition, statements: policyStatements(table, policy) };
            })
          : [],
      grants: [granted(APP_ROLE, verbsOf.app), granted(ENGINE_ROLE, verbsOf.engine)],
    };
  });
}

/** The walls and grants of every table, as statements that may be applied again and again. */
export function wallStatements(): string[] {
  const tables = allTables().map((table) => `${table.schema}.${table.name}`);
  const missing = Object.keys(TENANTLESS).filter((name) => !tables.includes(name));
  if (missing.length > 0) throw new Error(`TENANTLESS names tables that do not exist: ${missing.join(", ")}`);
  return [
    `grant usage on schema engine to ${APP_ROLE}, ${ENGINE_ROLE}`,
    ...tables.flatMap((table) => {
      const open = TENANTLESS[table];
      if (open === undefined) return wallTable(table);
      return [...grants(APP_ROLE, table, open.app), ...grants(ENGINE_ROLE, table, open.engine)];
    }),
  ];
}
