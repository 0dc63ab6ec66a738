import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTenant } from "./testing/factories";
import { findWallFaults } from "./testing/catalogue";
import { useTestDatabase } from "./testing/test-database";
import { allTables, APPEND_ONLY, TENANTLESS } from "./walls";

const db = useTestDatabase();
let owner: pg.Client;
beforeAll(async () => {
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
afterAll(() => owner.end());

/** Runs statements as superuser in a transaction that never commits. */
async function planted<T>(statements: readonly string[], look: () => Promise<T>): Promise<T> {
  await owner.query("begin");
  try {
    for (const statement of statements) await owner.query(statement);
    return await look();
  } finally {
    await owner.query("rollback");
  }
}

const walledTables = () =>
  allTables()
    .map(({ schema, name }) => `${schema}.${name}`)
    .filter((table) => !(table in TENANTLESS));

describe("the catalogue", () => {
  it("opens no wall", async () => {
    expect(await findWallFaults(owner)).toEqual([]);
  });

  const bare = "create table public.planted (tenant_id text not null, id text)";
  it.each<[string, string[], string]>([
    ["a table without a tenant", ["create table public.planted (id text)"], "public.planted has no tenant_id"],
    ["a table without row level security", [bare], "public.planted has row level security off"],
    [
      "a tenant that may be null",
      ["create table public.planted (tenant_id text)"],
      "public.planted.tenant_id may be null",
    ],
    [
      "row level security switched off",
      ["alter table public.runs disable row level security"],
      "public.runs has row level security off",
    ],
    [
      "row level security not forced",
      ["alter table public.runs no force row level security"],
      "public.runs does not force",
    ],
    ["a wall that was dropped", ["drop policy tenant_wall on public.runs"], "public.runs has no restrictive wall"],
    [
      "a wall for reading only",
      [
        "drop policy tenant_wall on public.runs",
        "create policy tenant_wall on public.runs as restrictive for select to conductor_app using (tenant_id = current_setting('app.tenant_id', true))",
      ],
      "public.runs has no restrictive wall",
    ],
    [
      "a wall that lets everything through",
      [
        "drop policy tenant_wall on public.runs",
        "create policy tenant_wall on public.runs as restrictive for all to conductor_app using (true)",
      ],
      "public.runs has no restrictive wall",
    ],
    [
      "a view that runs as its owner",
      ["create view public.planted as select * from public.runs"],
      "public.planted is a view",
    ],
    [
      "a materialized view",
      ["create materialized view public.planted as select * from public.runs"],
      "materialized view",
    ],
    [
      "a function with its owner's rights",
      ["create function public.planted() returns int language sql security definer as 'select 1'"],
      "public.planted runs with its owner's rights",
    ],
    [
      "a foreign key without the tenant",
      [
        "create unique index planted on public.runs (id)",
        "alter table public.run_steps add constraint planted foreign key (run_id) references public.runs (id)",
      ],
      "the foreign key planted",
    ],
    ["an app role that may change receipts", ["grant update on public.receipts to conductor_app"], "append-only"],
    ["an engine role that may read more", ["grant select on public.runs to conductor_engine"], "which no sweep needs"],
    [
      "an engine role that bypasses the walls",
      ["alter role conductor_engine bypassrls"],
      "conductor_engine is privileged",
    ],
    ["a grant to everyone", ["grant select on public.runs to public"], "open to everyone"],
  ])("is found to have %s", async (_what, statements, expected) => {
    const faults = await planted(statements, () => findWallFaults(owner));
    expect(faults.join("\n")).toContain(expected);
  });
});

describe("the app role", () => {
  it("sees no row of any tenant table while no tenant is set", async () => {
    await makeTenant(db.database);
    for (const table of walledTables()) {
      const read = db.database.app.query(`select 1 from ${table} limit 1`);
      const rows = await read
        .then(({ rowCount }) => rowCount)
        .catch((error: unknown) => (error as { code?: string }).code);
      expect([table, [0, "42501"].includes(rows as number)]).toEqual([table, true]);
    }
  });

  it("reads, changes, removes and adds nothing of another tenant, on every table it may touch", async () => {
    const mine = await makeTenant(db.database);
    const theirs = await makeTenant(db.database);
    const asMine = `select set_config('app.tenant_id', '${mine.tenantId}', true)`;
    let probes = 0;
    for (const table of walledTables()) {
      const attempts = [
        `select 1 from ${table} where tenant_id = '${theirs.tenantId}'`,
        `update ${table} set tenant_id = tenant_id where tenant_id = '${theirs.tenantId}'`,
        `delete from ${table} where tenant_id = '${theirs.tenantId}'`,
        `update ${table} set tenant_id = '${theirs.tenantId}'`,
        `insert into ${table} (tenant_id) values ('${theirs.tenantId}')`,
      ];
      for (const attempt of attempts) {
        const client = await db.database.app.connect();
        try {
          await client.query(`begin; ${asMine}`);
          const outcome = await client.query(attempt).then(
            ({ rowCount }) => rowCount,
            (error: unknown) => (error as { code?: string }).code,
          );
          // No row, or refused: by privilege, by the wall's check (42501), or by NOT NULL before the wall is asked.
          const isRefused =
            outcome === 0 || outcome === "42501" || (attempt.startsWith("insert") && outcome === "23502");
          expect([attempt, isRefused, outcome]).toEqual([attempt, true, outcome]);
          probes += 1;
        } finally {
          await client.query("rollback");
          client.release();
        }
      }
    }
    expect(probes).toBe(walledTables().length * 5);
    const { rowCount } = await owner.query("select 1 from tenants where tenant_id = $1", [theirs.tenantId]);
    expect(rowCount).toBe(1);
  });

  it("leaves no tenant behind on a connection that goes back to the pool", async () => {
    await makeTenant(db.database);
    const { rows } = await db.database.app.query<{ left: string | null }>(
      "select nullif(current_setting('app.tenant_id', true), '') as left",
    );
    expect(rows[0]?.left).toBeNull();
  });

  it.each(APPEND_ONLY)("cannot change or remove rows of %s", async (table) => {
    for (const statement of [
      `update ${table} set tenant_id = tenant_id`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      const attempt = db.database.app.query(statement);
      await expect(attempt).rejects.toMatchObject({ code: "42501" });
    }
  });
});

describe("the engine role", () => {
  it("sees nothing outside a named sweep", async () => {
    await makeTenant(db.database);
    const { rowCount } = await db.database.engine.query("select 1 from public.tenants");
    expect(rowCount).toBe(0);
  });
});
