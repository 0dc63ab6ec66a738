import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, databaseUrls } from "@/db/client";
import { seedDemo } from "@/db/seed/demo";
import { TEST_SECRET } from "@/db/testing/cluster";
import { makeTenant, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { OWNER_ROLE } from "@/db/walls";
import { fillDemo } from "@/jobs/cli/demo/fill";
import { fixedClock } from "@/server/kernel/clock";
import { localBlobStore } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { headSigningKey } from "@/server/platform/keys";
import { verifyChains } from "@/server/receipts";
import { findTenantId } from "@/server/tenants";
import { compareTables } from "./domain/format";
import { backUpDeployment, backUpTenant, restoreBackup, verifyBackup } from ".";
import { readSequences, readTables } from "./tables";
import { emptyDatabase } from "./testing/empty-database";

const db = useTestDatabase();
const keys = { secrets: [TEST_SECRET] } as const;
const clock = fixedClock(new Date("2026-11-27T12:00:00Z"));
const folder = mkdtempSync(path.join(tmpdir(), "backups-"));
const newFile = () => path.join(folder, unique("backup"));

// Numbers that Postgres gives out with a gap at the end, a column that it computes, and every character that COPY escapes.
const ODD_ROWS = String.raw`
  set session_replication_role = replica;
  insert into sent_events (tenant_id, id, name, data, sent_by, sent_at)
    select $tenant, 'sev_' || n, 'odd', json_build_object('text', E'\\. \\N \t\r\n\b\f\v ''"é😀' || n), 'system', now()
    from generate_series(1, 500) n;
  delete from sent_events where id = 'sev_500';
  insert into tenant_quotas (tenant_id, set_concurrent_runs, plan_concurrent_runs) values ($tenant, 7, 9)
    on conflict (tenant_id) do update set set_concurrent_runs = 7, plan_concurrent_runs = 9`;

let tenantId: string;

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const restore = (file: string, url: string) => restoreBackup({ file, keys, url, ownerRole: OWNER_ROLE });
const rowsIn = (url: string) =>
  asOwner(url, async (client) => (await readTables(client, null)).reduce((sum, { rows }) => sum + rows, 0));

/** What the app role finds in another database: whether the tenant's chains hold there. */
async function chainsIn(url: string) {
  const e = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: url });
  const database = createDatabase(databaseUrls(e), e);
  const blobs = localBlobStore(path.join(folder, "no-anchors"));
  try {
    return await verifyChains({ database, tenantId, blobs, key: headSigningKey(TEST_SECRET) });
  } finally {
    await database.end();
  }
}

/** Walls, triggers and foreign keys, as the catalogue has them. */
const fences = (url: string) =>
  asOwner(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `select format('%s %s %s', oid::regclass, relrowsecurity, relforcerowsecurity) as line from pg_class
         where relkind = 'r' and relnamespace in ('public'::regnamespace, 'engine'::regnamespace)
       union all select format('%s %s %s', tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal
       union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
         where connamespace in ('public'::regnamespace, 'engine'::regnamespace) order by 1`,
    );
    return rows.map(({ line }) => line);
  });

beforeAll(async () => {
  await seedDemo(db.database);
  await fillDemo(db.database);
  tenantId = (await findTenantId(db.database, "acme")) ?? "";
  await makeTenant(db.database, { slug: "walled-off", name: "Somebody else's" });
  await asOwner(db.ownerUrl, (client) => client.query(ODD_ROWS.replaceAll("$tenant", `'${tenantId}'`)));
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a backup of the deployment", () => {
  it("comes back row by row, behind the same walls, with its sequences and chains", async () => {
    const file = newFile();
    const { manifest } = await backUpDeployment({ ownerUrl: db.ownerUrl, clock, keys, file });
    const filled = manifest.tables.filter(({ rows }) => rows > 0).map(({ table }) => table);
    expect(filled).toEqual(
      expect.arrayContaining(["public.runs", "public.receipts", "public.secrets", "engine.events"]),
    );
    expect(filled).toEqual(expect.arrayContaining(["public.sent_events", "public.tenant_quotas"]));
    expect(filled.length).toBeGreaterThan(20);

    const url = await emptyDatabase();
    const before = await fences(url);
    await restore(file, url);

    const found = await asOwner(url, (client) => readTables(client, null));
    expect(compareTables(manifest.tables, found)).toEqual([]);
    expect(await asOwner(url, readSequences)).toEqual(manifest.sequences);
    const places = await asOwner(url, (client) =>
      client.query<{ last: number }>("select max(place)::int as last from sent_events"),
    );
    const stood = manifest.sequences.find(({ sequence }) => sequence === "public.sent_events_place_seq");
    expect(Number(stood?.value)).toBe((places.rows[0]?.last ?? 0) + 1);
    expect(await fences(url)).toEqual(before);
    const { verdict, receipts, faults } = await chainsIn(url);
    expect({ verdict, faults }).toEqual({ verdict: "ok", faults: [] });
    expect(receipts).toBeGreaterThan(10);
  });

  it("holds one moment: what is committed while it is read is not in it", async () => {
    const file = newFile();
    const { manifest } = await backUpDeployment({ ownerUrl: db.ownerUrl, clock, keys, file });
    await makeTenant(db.database);
    const again = await backUpDeployment({ ownerUrl: db.ownerUrl, clock, keys, file: newFile() });
    const count = (tables: typeof manifest.tables) => tables.find(({ table }) => table === "public.tenants")?.rows;
    expect(count(again.manifest.tables)).toBe((count(manifest.tables) ?? 0) + 1);
  });
});

describe("a backup of a tenant", () => {
  it("holds its own rows and the people they name, and nobody else's", async () => {
    const file = newFile();
    const { manifest } = await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    expect(manifest).toMatchObject({ scope: "tenant", tenantId, takenAt: "2026-11-27T12:00:00.000Z" });
    expect(manifest.tables.map(({ table }) => table).filter((table) => table.startsWith("engine."))).toEqual([]);

    const url = await emptyDatabase();
    await restore(file, url);
    await asOwner(url, async (client) => {
      const { rows } = await client.query<{ tenant_id: string }>("select tenant_id from tenants");
      expect(rows).toEqual([{ tenant_id: tenantId }]);
      const strangers = await client.query("select from users where id not in (select user_id from members)");
      expect(strangers.rowCount).toBe(0);
      expect((await client.query("select from sessions")).rowCount).toBe(0);
    });
    expect((await chainsIn(url)).verdict).toBe("ok");
  });

  it("is the same reading whether the app role asks in its walls or the owner for all", async () => {
    const { manifest } = await backUpTenant({ database: db.database, tenantId, clock, keys, file: newFile() });
    const byOwner = await asOwner(db.ownerUrl, (client) => readTables(client, tenantId));
    expect(compareTables(manifest.tables, byOwner)).toEqual([]);
  });
});

describe("restoring", () => {
  it("refuses a database that has rows, and leaves them as they were", async () => {
    const file = newFile();
    await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const url = await emptyDatabase();
    await asOwner(url, (client) =>
      client.query("insert into users (id, name, email) values ('usr_1', 'A', 'a@b.test')"),
    );
    await expect(restore(file, url)).rejects.toThrow("public.users has rows");
    expect(await rowsIn(url)).toBe(1);
  });

  it("refuses a database at another schema", async () => {
    const file = newFile();
    await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const url = await emptyDatabase();
    await asOwner(url, (client) =>
      client.query(
        "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
      ),
    );
    await expect(restore(file, url)).rejects.toThrow("not at the schema of this release");
  });

  it("leaves nothing behind where a row does not fit", async () => {
    const file = newFile();
    await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const url = await emptyDatabase();
    const before = await fences(url);
    await asOwner(url, (client) =>
      client.query("alter table workflows add constraint never check (slug = 'never') not valid"),
    );
    await expect(restore(file, url)).rejects.toThrow("never");
    await asOwner(url, (client) => client.query("alter table workflows drop constraint never"));
    expect(await rowsIn(url)).toBe(0);
    expect(await fences(url)).toEqual(before);
  });
});

describe("a file", () => {
  it("is refused wherever one bit of it is turned", async () => {
    const file = newFile();
    const { bytes } = await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const whole = readFileSync(file);
    const turned = newFile();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        writeFileSync(turned, changed);
        await expect(verifyBackup(turned, keys)).rejects.toMatchObject({ code: "PreconditionFailed" });
      }),
      {
        numRuns: 250,
        examples: [
          [0, 0],
          [bytes - 1, 7],
          [100, 1],
        ],
      },
    );
  });

  it("is refused when it is cut off anywhere, or goes on", async () => {
    const file = newFile();
    const { bytes } = await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const whole = readFileSync(file);
    const other = newFile();
    for (const length of [0, 10, 300, Math.floor(bytes / 2), bytes - 1]) {
      writeFileSync(other, whole.subarray(0, length));
      await expect(verifyBackup(other, keys), `${length} bytes`).rejects.toThrow("The backup is refused");
    }
    writeFileSync(other, Buffer.concat([whole, randomBytes(40)]));
    await expect(verifyBackup(other, keys)).rejects.toThrow("The backup is refused");
  });

  it("names the first frame that is not in its place, when frames are swapped or left out", async () => {
    const file = newFile();
    await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const whole = readFileSync(file);
    const frames: Buffer[] = [];
    for (let at = whole.indexOf("\n") + 1; at < whole.length;) {
      const end = at + 4 + whole.readUInt32BE(at);
      frames.push(whole.subarray(at, end));
      at = end;
    }
    const header = whole.subarray(0, whole.indexOf("\n") + 1);
    const [first, second, third, ...rest] = frames;
    if (first === undefined || second === undefined || third === undefined) throw new Error("too few frames");
    const other = newFile();
    writeFileSync(other, Buffer.concat([header, first, third, second, ...rest]));
    await expect(verifyBackup(other, keys)).rejects.toThrow("frame 1 at byte");
    writeFileSync(other, Buffer.concat([header, first, second, ...rest]));
    await expect(verifyBackup(other, keys)).rejects.toThrow("frame 2 at byte");
    writeFileSync(other, Buffer.concat([header, ...frames.slice(0, -1)]));
    await expect(verifyBackup(other, keys)).rejects.toThrow(`frame ${frames.length - 2} at byte`);
  });

  it("opens by its own key alone", async () => {
    const file = newFile();
    await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const stranger = { secrets: ["another deployment's secret, of 32 characters"] } as const;
    await expect(verifyBackup(file, stranger)).rejects.toThrow("which this deployment does not have");
    await expect(verifyBackup(file, { secrets: [stranger.secrets[0], TEST_SECRET] })).resolves.toBeDefined();
    await expect(verifyBackup(file, { passphrase: "correct horse battery" })).rejects.toThrow("own key");

    const kept = newFile();
    const passphrase = "correct horse battery staple";
    await backUpTenant({ database: db.database, tenantId, clock, keys: { passphrase }, file: kept });
    await expect(verifyBackup(kept, { passphrase })).resolves.toMatchObject({ manifest: { tenantId } });
    await expect(verifyBackup(kept, { passphrase: `${passphrase}.` })).rejects.toThrow("frame 0");
    await expect(verifyBackup(kept, keys)).rejects.toThrow("--key-file");
  });

  it("holds nothing that can be read without the key", async () => {
    const file = newFile();
    await backUpTenant({ database: db.database, tenantId, clock, keys, file });
    const text = readFileSync(file, "latin1");
    for (const word of ["acme", tenantId, "public.runs"]) expect(text).not.toContain(word);
  });

  it("is not offered, nor its beginnings left, when writing it is broken off", async () => {
    const [file, before] = [newFile(), readdirSync(folder)];
    const holder = new pg.Client({ connectionString: db.ownerUrl });
    await holder.connect();
    // The copy of this table waits, so that it is cut in its middle, with others written.
    await holder.query("begin; lock table workflow_versions in access exclusive mode");
    const writing = backUpDeployment({ ownerUrl: db.ownerUrl, clock, keys, file });
    const cut = expect(writing).rejects.toThrow();
    await expect
      .poll(async () => {
        const ended = await asOwner(db.ownerUrl, (client) =>
          client.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and query like 'copy (%' and wait_event_type = 'Lock'`,
          ),
        );
        return ended.rowCount;
      })
      .toBe(1);
    await cut;
    await holder.end();
    expect(readdirSync(folder)).toEqual(before);
  });

  it("says what is away when that is not its own place", async () => {
    const ownerUrl = "postgres://nobody@127.0.0.1:1/none";
    await expect(backUpDeployment({ ownerUrl, clock, keys, file: newFile() })).rejects.toThrow("ECONNREFUSED");
  });

  it("is never written over, and not offered where its folder is not there", async () => {
    const file = newFile();
    writeFileSync(file, "something else");
    await expect(backUpTenant({ database: db.database, tenantId, clock, keys, file })).rejects.toMatchObject({
      code: "Conflict",
    });
    expect(readFileSync(file, "utf8")).toBe("something else");
    await expect(
      backUpTenant({ database: db.database, tenantId, clock, keys, file: path.join(folder, "none", "file") }),
    ).rejects.toThrow("cannot be written");
  });
});
