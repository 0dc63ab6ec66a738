import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRehearsalRole } from "@/db/rehearsal-role";
import { TEST_SECRET } from "@/db/testing/cluster";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { latestEvidence, readEvidence } from "@/server/evidence";
import { fixedClock, systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { type Env, parseEnv } from "@/server/platform/env";
import { databasePassword, headSigningKey } from "@/server/platform/keys";
import { anchorHeads } from "@/server/receipts";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { findRehearsalsDue, rehearseRestore } from ".";

const db = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "rehearsals-"));
const blobs = localBlobStore(folder);

let tenantId: string;
let env: Env;
let owner: pg.Client;

const context = (over: Partial<{ env: Env }> = {}) => ({
  ...{ database: db.database, tenantId, clock: systemClock, newId, blobs, env, actor: "job:rehearse-restore" },
  requestId: newId("request"),
  ...over,
});

/** Does something to the restored database, by the hand of a superuser. */
const spoilBy = (text: string) => async (name: string) => {
  const url = new URL(db.ownerUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  await client.query(`set session_replication_role = replica; ${text}`);
  await client.end();
};

/** Scratch databases that are there. */
async function scratches(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    "select datname as name from pg_database where starts_with(datname, 'conductor_rehearsal_')",
  );
  return rows.map(({ name }) => name);
}

const evidence = () =>
  withTenant({ database: db.database, tenantId }, (tx) => latestEvidence(tx, tenantId, { kinds: ["backup-drill"] }));

beforeAll(async () => {
  const rehearsalUrl = await makeRehearsalRole(db.ownerUrl, databasePassword(TEST_SECRET, "conductor_rehearsal"));
  env = parseEnv({
    ...{ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: db.ownerUrl, REHEARSAL_DATABASE_URL: rehearsalUrl },
  });
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  const { as } = await tenantWith(db.database, ["tenant_admin", "workflow_author", "workflow_reviewer"]);
  ({ tenantId } = as.tenant_admin);
  await makePublished(as);
  const key = headSigningKey(TEST_SECRET);
  await anchorHeads({ database: db.database, clock: systemClock, newId, key, blobs });
});

afterAll(async () => {
  await owner.end();
  rmSync(folder, { recursive: true, force: true });
});

describe("a rehearsal of a restore", () => {
  it("passes where the restored tenant is the one that was backed up, is kept as evidence, and leaves no database", async () => {
    const found = await rehearseRestore(context());
    expect(found).toMatchObject({ outcome: "pass", differences: [] });
    expect(found.rows).toBeGreaterThan(10);
    expect(found.bytes).toBeGreaterThan(10_000);
    expect(found.recoverySeconds).toBeGreaterThan(0);
    expect(found.lossSeconds).toBeGreaterThanOrEqual(found.recoverySeconds ?? Infinity);
    expect(await scratches()).toEqual([]);

    const [kept] = await evidence();
    expect(kept?.facts).toEqual(found);
    const bytes = await readEvidence({ blobs }, tenantId, kept?.digest ?? "");
    expect(JSON.parse(Buffer.from(bytes).toString("utf8"))).toEqual(found);
  });

  it.each([
    [
      "a row is gone",
      "delete from members where id = (select min(id) from members)",
      /public\.members: 3 rows were backed up, 2 are/,
    ],
    ["a value differs", "update workflows set name = name || '.'", /public\.workflows: its 1 rows are not those/],
    ["a receipt was changed", "update receipts set subject = 'other' where seq = 1", /receipts: .* at 1/],
    ["the end of the record is gone", "delete from receipts where seq > 1", /receipts: cut off/],
    [
      "the app role may not read a table",
      "revoke select on members from conductor_app",
      /The database refused a part of it/,
    ],
  ])("fails, and says where, when %s", async (_title, statements, words) => {
    const found = await rehearseRestore(context(), spoilBy(statements));
    expect(found.outcome).toBe("fail");
    expect([found.reason, ...found.differences].join("\n")).toMatch(words);
    expect(await scratches()).toEqual([]);
    expect((await evidence())[0]?.facts).toMatchObject({ outcome: "fail" });
  });

  it("is no pass where there is nowhere to rehearse, or nobody can get there, and keeps nothing", async () => {
    const before = await evidence();
    const unset = await rehearseRestore(context({ env: { ...env, REHEARSAL_DATABASE_URL: undefined } }));
    expect(unset).toMatchObject({
      outcome: "unknown",
      reason: expect.stringContaining("nowhere to rehearse") as string,
    });
    const url = "postgres://conductor_rehearsal:wrong@127.0.0.1:1/postgres";
    const closed = await rehearseRestore(context({ env: { ...env, REHEARSAL_DATABASE_URL: url } }));
    expect(closed).toMatchObject({ outcome: "unknown", recoverySeconds: null });
    expect(await evidence()).toEqual(before);
  });

  it("drops the databases of rehearsals that died", async () => {
    await owner.query("create database conductor_rehearsal_dead owner conductor_rehearsal");
    expect((await rehearseRestore(context())).outcome).toBe("pass");
    expect(await scratches()).toEqual([]);
  });

  it("is made by a role that sees nothing of the product's own database", async () => {
    const url = new URL(env.REHEARSAL_DATABASE_URL ?? "");
    url.pathname = new URL(db.ownerUrl).pathname;
    const client = new pg.Client({ connectionString: url.toString() });
    await client.connect();
    for (const table of ["tenants", "users", "receipts"])
      await expect(client.query(`select from ${table}`)).rejects.toThrow("permission denied");
    await expect(client.query("set role conductor_owner")).rejects.toThrow("permission denied");
    await client.end();
  });

  it("is due again after a month", async () => {
    const inDays = (days: number) => fixedClock(new Date(Date.now() + days * 86_400_000));
    const due = (days: number) => findRehearsalsDue({ database: db.database, clock: inDays(days), env }, [tenantId]);
    expect([await due(0), await due(29)]).toEqual([[], [tenantId]]);
  });
});
