import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../fixtures/free-port";
import { expect, test } from "../fixtures/test";

const cli = path.resolve(import.meta.dirname, "..", "..", "jobs", "cli");
const conductor = path.join(cli, "conductor.mjs");

function run(args: string[], env: Record<string, string>) {
  const done = spawnSync(process.execPath, [conductor, ...args], { encoding: "utf8", env: { ...process.env, ...env } });
  return { status: done.status, stdout: done.stdout, stderr: done.stderr };
}
const emptyHome = () => mkdtempSync(path.join(tmpdir(), "conductor-cli-"));

test("a start on a port in use says so, and how to choose another", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { status, stderr } = run(["up"], { PORT: String(port), CONDUCTOR_HOME: emptyHome() });
  await new Promise((resolve) => server.close(resolve));
  expect(status).toBe(1);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
  expect(stderr).toContain(`PORT=${port + 1} npm run up`);
});

test("a start with a wrong configuration names every problem at once and starts nothing", () => {
  const wrong = { PORT: "none", DATABASE_URL: "mysql://x", LOG_LEVEL: "loud", CONDUCTOR_HOME: emptyHome() };
  const { status, stderr } = run(["up"], wrong);
  expect(status).toBe(1);
  for (const name of ["PORT", "DATABASE_URL", "LOG_LEVEL"]) expect(stderr).toContain(`- ${name} `);
  expect(stderr).not.toContain("    at ");
});

test("a start ends, with all that it began, when whoever called it is gone", async () => {
  // The command after it keeps the shell from becoming what it runs.
  const home = emptyHome();
  const shell = spawn("sh", ["-c", `"${process.execPath}" "${path.join(cli, "bootstrap.mjs")}" up; true`], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, PORT: String(await freePort()), CONDUCTOR_HOME: home },
  });
  let said = "";
  shell.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  await expect.poll(() => said, { timeout: 60_000 }).toContain("starting the embedded Postgres");
  // `up` holds this pipe, and stops Postgres, which leaves no owner behind, before it ends itself.
  const ended = once(shell, "close");
  shell.kill("SIGKILL");
  await ended;
  expect(existsSync(path.join(home, "postgres", "owner.json"))).toBe(false);
});

test("a command that is not known is wrong usage, and help has an example", () => {
  expect(run(["nonsense"], {}).status).toBe(2);
  const help = run(["receipts", "verify", "--help"], {});
  expect(help.status).toBe(0);
  expect(help.stdout).toContain("Example:");
});

test("a look for drift where nothing was ever made says what makes it, and makes nothing", () => {
  const home = emptyHome();
  for (let time = 0; time < 2; time += 1) {
    const { status, stdout, stderr } = run(["drift", "--json"], { CONDUCTOR_HOME: home });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("This database is empty");
    expect(stderr).not.toContain("    at ");
  }
});

test("a running deployment's receipts can be verified from the command line", ({ deployment }) => {
  const env = { CONDUCTOR_HOME: deployment.home, CONDUCTOR_MODE: "demo" };
  const verified = run(["receipts", "verify", "--tenant", "acme", "--json"], env);
  expect(verified.status).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({ verdict: "ok", faults: [] });
  expect(run(["receipts", "verify", "--tenant", "no-such-tenant"], env)).toMatchObject({ status: 1 });
});
