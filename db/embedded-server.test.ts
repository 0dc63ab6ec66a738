import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepRunning, type Server } from "./embedded-server";

let folder: string;
let server: Server;
let said: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "server-"));
  said = [];
});
afterEach(async () => {
  await server.stop();
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

/** Keeps a program running that is no Postgres but ends as one may. */
function run(program: string, over: { command?: string; stopWithinMs?: number } = {}): Server {
  const say = (line: string) => said.push(line);
  const args = ["--eval", program, path.join(folder, "starts")];
  server = keepRunning({ command: process.execPath, args, identity: {}, say, ...over });
  return server;
}

const starts = async () => (await readFile(path.join(folder, "starts"), "utf8").catch(() => "")).length;
const CANNOT_RUN = `
  require("node:fs").appendFileSync(process.argv[1], "x");
  console.error("FATAL:  no space left\\nFATAL:  the database system is shutting down");
  process.exitCode = 1;`;

describe("keepRunning", () => {
  it("leaves a server that does not even start, with what it printed", async () => {
    run(CANNOT_RUN);
    await expect.poll(() => server.hasFailed(), { timeout: 10_000 }).toBe(true);
    expect(server.output()).toContain("no space left");
    expect(said).toEqual([]);
  });

  it("tries a kept server that cannot run again after each rest, and says why once", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    run(CANNOT_RUN).keep();
    for (const times of [1, 2, 3]) {
      await expect.poll(() => vi.getTimerCount(), { timeout: 10_000 }).toBe(1);
      expect(await starts()).toBe(times);
      vi.advanceTimersByTime(1_000);
    }
    expect(said).toEqual(["Postgres cannot run: no space left; trying again each second"]);
    await expect.poll(() => vi.getTimerCount(), { timeout: 10_000 }).toBe(1);
    await server.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(["missing", "not executable"])("says what to do about a program that is %s", async (kind) => {
    const command = path.join(folder, "postgres");
    if (kind !== "missing") await writeFile(command, "", { mode: 0o600 });
    run("", { command });
    await expect.poll(() => server.hasFailed(), { timeout: 10_000 }).toBe(true);
    expect(server.output()).toContain(`${command} cannot be started (${kind === "missing" ? "ENOENT" : "EACCES"}`);
    expect(server.output()).toMatch(/npm ci.*DATABASE_URL/);
  });

  it("outlives the loss of a kept server's program, and starts it once it is back", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const command = path.join(folder, "postgres");
    await symlink(process.execPath, command);
    run(CANNOT_RUN, { command }).keep();
    const rest = () => expect.poll(() => vi.getTimerCount(), { timeout: 10_000 }).toBe(1);
    await rest();
    await rm(command);
    vi.advanceTimersByTime(1_000);
    await rest();
    expect(said.at(-1)).toContain(`Postgres cannot run: ${command} cannot be started (ENOENT`);
    await symlink(process.execPath, command);
    vi.advanceTimersByTime(1_000);
    await rest();
    expect(await starts()).toBe(2);
    expect(said.at(-1)).toContain("no space left");
  });

  it("ends at once a server that does not end politely in time", async () => {
    run(
      `process.on("SIGINT", () => {}).on("SIGQUIT", () => process.exit(0)); setInterval(() => {}, 1_000); console.error("up");`,
      { stopWithinMs: 50 },
    );
    await expect.poll(() => server.output(), { timeout: 10_000 }).toContain("up");
    await server.stop();
    expect(said).toEqual([]);
  });
});
