import { eq } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startWorker, type Worker } from "@/jobs/engine";
import { quietClient } from "@/jobs/engine/testing/workbench";
import { checkHealth } from "@/server/health";
import { Refusal } from "@/server/kernel/errors";
import { parseEnv } from "@/server/platform/env";
import { databasePassword } from "@/server/platform/keys";
import { listReceipts } from "@/server/receipts";
import { updateTenant } from "@/server/tenants";
import { tenantWith } from "@/server/testing/actors";
import { expectReceipt } from "@/server/testing/records";
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from "@/server/testing/small-disk";
import type { TenantContext } from "@/server/verb";
import { createDatabase, type Database, databaseUrls } from "./client";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded";
import { migrate } from "./migrate";
import { receipts } from "./schema";
import { withTenant } from "./tenancy";
import { TEST_SECRET } from "./testing/cluster";

describe.skipIf(whyNoSmallDisk() !== null)("a full disk under the database", () => {
  let disk: SmallDisk;
  let server: EmbeddedPostgres;
  let database: Database;
  let worker: Worker;
  let ctx: TenantContext;
  const said: string[] = [];
  /** What undoes the set-up, as far as it got. */
  const undo: (() => unknown)[] = [];
  const env = () => parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: server.url });

  beforeAll(async () => {
    disk = mountSmallDisk(160);
    undo.unshift(() => disk.unmount());
    server = await startEmbeddedPostgres({
      folder: disk.folder,
      password: databasePassword(TEST_SECRET, "postgres"),
      say: (line) => said.push(line),
    });
    undo.unshift(server.stop);
    const passwords = {
      app: databasePassword(TEST_SECRET, "conductor_app"),
      engine: databasePassword(TEST_SECRET, "conductor_engine"),
    };
    await migrate({ ownerUrl: server.url, passwords });
    database = createDatabase(databaseUrls(env()), env());
    undo.unshift(database.end);
    const tuning = { heartbeatMs: 200, pollMs: 200 };
    worker = await startWorker({ database, client: quietClient(), functions: [], revision: "r1", tuning });
    undo.unshift(() => worker.stop());
    ctx = (await tenantWith(database, ["tenant_admin"])).as.tenant_admin;
  });
  afterAll(async () => {
    disk.free();
    const faults: unknown[] = [];
    for (const step of undo) await Promise.resolve(step()).catch((error: unknown) => faults.push(error));
    expect(faults).toEqual([]);
  });

  /** What each write was answered: null when it was accepted. */
  const answers = new Map<string, Refusal | null>();
  const write = async () => {
    const name = `Name ${answers.size}`;
    answers.set(name, null);
    await updateTenant(ctx, { name }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      answers.set(name, error);
    });
    return answers.get(name) ?? null;
  };

  const readiness = async () => (await checkHealth(env(), database)).status;

  async function asOwner(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client({ connectionString: server.url });
    client.on("error", () => undefined);
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Begins one file of the server's log after the other, faster than checkpoints give them back. */
  async function fillLog(client: pg.Client): Promise<void> {
    for (let begun = 0; begun < 20; begun += 1) {
      await client.query("select pg_switch_wal()");
      await client.query("select pg_logical_emit_message(false, 'filler', 'x', true)");
    }
  }

  /** One try at a server that cannot even start. One that could after all gets its space back, for the next try. */
  async function exhaustLog(): Promise<boolean> {
    await asOwner(async (client) => {
      disk.fill();
      await fillLog(client);
    }).catch(() => undefined);
    const gaveUp = () => expect(said.join("\n")).toMatch(/Postgres cannot run: .*No space left on device/);
    return vi.waitFor(gaveUp, { timeout: 4_000 }).then(
      () => true,
      () => {
        disk.free();
        return false;
      },
    );
  }

  /** Every write that was accepted is there, and none that was said to be not. */
  async function expectAllAccepted(): Promise<void> {
    const rows = await withTenant(ctx, (tx) => tx.select().from(receipts).where(eq(receipts.tenantId, ctx.tenantId)));
    const stored = new Set(rows.map(({ body }) => (body as { detail: { name: string } }).detail.name));
    const accepted = [...answers].filter(([, refusal]) => refusal === null).map(([name]) => name);
    expect(accepted.filter((name) => !stored.has(name))).toEqual([]);
    const denied = [...answers].filter(([, refusal]) => refusal?.message.includes("Nothing was stored"));
    expect(denied.filter(([name]) => stored.has(name))).toEqual([]);
    await expectReceipt(ctx, "tenant.update", `tenant:${ctx.tenantId}`);
  }

  it("refuses what needs space, answers what does not, and takes writes again once there is some", async () => {
    await write();
    await asOwner((client) => client.query("select pg_switch_wal()"));
    await asOwner((client) => client.query("checkpoint"));
    disk.fill();
    let refusal = null;
    // The pages at hand have room for some.
    for (let written = 0; written < 500 && refusal === null; written += 1) refusal = await write();
    expect(refusal).toMatchObject({
      code: "Unavailable",
      message: "The database has no disk space left. Nothing was stored.",
    });
    expect((await listReceipts(ctx, { limit: 1 })).rows).toHaveLength(1);
    expect(await readiness()).toBe("ok");

    disk.free();
    expect(await write()).toBeNull();
    await expectAllAccepted();
  });

  it("refuses everything while Postgres cannot write its log, and goes on by itself once there is space", async () => {
    let isOver = false;
    const writer = async () => {
      while (!isOver) await write();
    };
    const writing = Promise.all([writer(), writer()]);
    try {
      const before = answers.size;
      await expect.poll(() => answers.size).toBeGreaterThan(before + 10);
      await expect.poll(exhaustLog, { timeout: 40_000 }).toBe(true);
      expect(await readiness()).toBe("down");
      expect(await write()).toMatchObject({ code: "Unavailable" });

      disk.free();
      await expect.poll(readiness, { timeout: 20_000 }).toBe("ok");
    } finally {
      isOver = true;
      await writing;
    }
    expect(await write()).toBeNull();
    await expectAllAccepted();
  }, 90_000);
});
