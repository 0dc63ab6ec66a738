import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DatabaseOwnedError, startEmbeddedPostgres } from "./embedded";

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "conductor-embedded-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const start = (over: { join?: boolean; reset?: boolean } = {}) =>
  startEmbeddedPostgres({ folder, password: "p", ...over });

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the same folder's server and tells when it is up. */
async function startElsewhere(): Promise<ChildProcess> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(path.join(import.meta.dirname, "embedded.ts"))});
    await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, password: "p" });
    process.stdout.write("up\\n");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await new Promise((resolve, reject) => {
    child.stdout.once("data", resolve);
    child.once("exit", () => reject(new Error("it did not start")));
  });
  return child;
}

describe("startEmbeddedPostgres", () => {
  it("keeps its data over a restart, and starts empty when asked to", async () => {
    const first = await start();
    await query(first.url, "create table kept (id int)");
    await first.stop();
    const second = await start();
    expect(await query(second.url, "select 1 as one from information_schema.tables where table_name = 'kept'")).toEqual(
      [{ one: 1 }],
    );
    await second.stop();
    const third = await start({ reset: true });
    expect(await query(third.url, "select 1 from information_schema.tables where table_name = 'kept'")).toEqual([]);
    await third.stop();
  });

  it("takes a new password only from who knows the one before, and is then opened by the new one alone", async () => {
    const first = await start();
    await query(first.url, "create table kept (id int)");
    await first.stop();
    const withNew = (over: { formerPassword?: string } = {}) =>
      startEmbeddedPostgres({ folder, password: "q", ...over });
    await expect(withNew()).rejects.toThrow("CONDUCTOR_SECRET_PREVIOUS");
    await expect(withNew({ formerPassword: "r" })).rejects.toThrow("CONDUCTOR_SECRET_PREVIOUS");
    const changed = await withNew({ formerPassword: "p" });
    await expect(start({ join: true })).rejects.toThrow("CONDUCTOR_SECRET_PREVIOUS");
    await changed.stop();
    await expect(start()).rejects.toThrow("CONDUCTOR_SECRET_PREVIOUS");
    const later = await withNew();
    expect(await query(later.url, "select 1 as one from information_schema.tables where table_name = 'kept'")).toEqual([
      { one: 1 },
    ]);
    await later.stop();
  });

  it("refuses a second owner by name, lets it join, and outlives the one that joined", async () => {
    const child = await startElsewhere();
    await expect(start()).rejects.toThrow(DatabaseOwnedError);
    await expect(start()).rejects.toThrow(`belongs to process ${child.pid ?? 0}`);
    const joined = await start({ join: true });
    expect(joined.isJoined).toBe(true);
    await joined.stop();
    expect(await query(joined.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("takes over from an owner that was killed, and loses nothing that was committed", async () => {
    const child = await startElsewhere();
    const owner = JSON.parse(await readFile(path.join(folder, "owner.json"), "utf8")) as { pid: number };
    expect(owner.pid).toBe(child.pid);
    const joined = await start({ join: true });
    await query(joined.url, "create table kept as select 42 as answer");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    const next = await start();
    expect(await query(next.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    await next.stop();
  });

  it("starts a server that died again in the same place, with everything that was committed", async () => {
    const server = await start();
    await query(server.url, "create table kept as select 42 as answer");
    const pid = Number((await readFile(path.join(folder, "data", "postmaster.pid"), "utf8")).split("\n")[0]);
    await expect
      .poll(() => query(server.url, "select now() - pg_postmaster_start_time() > interval '2 s' as is_old"), {
        timeout: 10_000,
      })
      .toEqual([{ is_old: true }]);
    // Postgres' own "immediate" stop: no farewell, recovery at the next start.
    process.kill(pid, "SIGQUIT");
    const answer = () =>
      query(server.url, "select answer, pg_postmaster_start_time()::text as since from kept").catch(() => []);
    await expect.poll(answer, { timeout: 20_000 }).toMatchObject([{ answer: 42 }]);
    await expect
      .poll(
        async () =>
          Number((await readFile(path.join(folder, "data", "postmaster.pid"), "utf8").catch(() => "0")).split("\n")[0]),
        { timeout: 20_000 },
      )
      .not.toBe(pid);
    await server.stop();
  });

  it("listens on loopback only and asks for a password", async () => {
    const server = await start();
    expect(await query(server.url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    await expect(query(server.url.replace(":p@", ":wrong@"), "select 1")).rejects.toMatchObject({ code: "28P01" });
    await server.stop();
  });
});
