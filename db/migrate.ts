import { createHash } from "node:crypto";
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { APP_ROLE, ENGINE_ROLE } from "./client";
import { OWNER_ROLE, wallStatements } from "./walls";

export interface MigrateOptions {
  /** A role that may create roles and schemas in this database. */
  ownerUrl: string;
  /** Of the login roles, which are made. Null: they are there, and all belongs to `ownerUrl`'s own role. */
  passwords: { app: string; engine: string } | null;
  migrationsFolder?: string;
}

// Any constant will do, as long as every migrating process uses the same one.
const MIGRATION_LOCK = 7_203_421;

async function ensureRoles(client: pg.Client, passwords: { app: string; engine: string }): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname like 'conductor_%'",
  );
  const existing = new Set(rows.map((row) => row.rolname));
  const database = client.escapeIdentifier(client.database ?? "");
  if (!existing.has(OWNER_ROLE)) await client.query(`create role ${OWNER_ROLE} nologin nobypassrls`);
  await client.query(`grant ${OWNER_ROLE} to current_user`);
  await client.query(`grant create, connect on database ${database} to ${OWNER_ROLE}`);
  await client.query(`grant create, usage on schema public to ${OWNER_ROLE}`);
  for (const [role, password] of [
    [APP_ROLE, passwords.app],
    [ENGINE_ROLE, passwords.engine],
  ] as const) {
    const verb = existing.has(role) ? "alter" : "create";
    await client.query(`${verb} role ${role} login nobypassrls password ${client.escapeLiteral(password)}`);
    await client.query(`grant connect on database ${database} to ${role}`);
    await client.query(`grant usage on schema public to ${role}`);
  }
  // Queues are empty one moment and full the next: what Postgres counted last says nothing, and each of the executor's
  // statements has an index.
  await client.query(`alter role ${ENGINE_ROLE} set enable_seqscan = off`);
}

/**
 * Walls are desired state, not history: they are applied whenever their text changed, so a table that a migration
 * adds is never without one (docs/adr/0003).
 */
async function applyWalls(client: pg.Client): Promise<void> {
  const statements = wallStatements();
  const revision = `walls ${createHash("sha256").update(statements.join(";\n")).digest("hex")}`;
  const { rows } = await client.query<{ comment: string | null }>(
    "select obj_description('engine'::regnamespace, 'pg_namespace') as comment",
  );
  if (rows[0]?.comment === revision) return;
  await client.query("begin");
  try {
    for (const statement of statements) await client.query(statement);
    await client.query(`comment on schema engine is ${client.escapeLiteral(revision)}`);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** Brings a database to the schema of this release: roles, tables, walls. Safe to run from several processes at once. */
export async function migrate(options: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    if (options.passwords !== null) {
      await ensureRoles(client, options.passwords);
      await client.query(`set role ${OWNER_ROLE}`);
    }
    await applyMigrations(drizzle(client), {
      migrationsFolder: options.migrationsFolder ?? path.join(process.cwd(), "db", "migrations"),
    });
    await applyWalls(client);
  } finally {
    await client.end();
  }
}

/** True for a database that was never migrated. */
export async function isEmpty(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ tenants: string | null }>("select to_regclass('public.tenants') as tenants");
    return rows[0]?.tenants === null;
  } finally {
    await client.end();
  }
}
