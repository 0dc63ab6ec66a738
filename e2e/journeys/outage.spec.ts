import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../fixtures/test";

test("the product says it is not ready while Postgres is away, and recovers by itself", async ({
  deployment,
  request,
}) => {
  const ready = async () => (await request.get("/api/ready")).status();
  await expect.poll(ready).toBe(200);
  const pidFile = path.join(deployment.home, "postgres", "data", "postmaster.pid");
  const pid = Number((await readFile(pidFile, "utf8")).split("\n")[0]);

  // Asked without a pause, so that even a short outage cannot pass between two questions.
  const seen: number[] = [];
  const hasRecovered = () => seen.includes(503) && seen.at(-1) === 200;
  const deadline = Date.now() + 60_000;
  // Postgres' own "immediate" stop: every connection breaks in the middle of what it does.
  process.kill(pid, "SIGQUIT");
  const runbook = new Set<number>();
  while (!hasRecovered() && Date.now() < deadline) {
    seen.push(await ready());
    runbook.add((await request.get("/docs/runbooks/ready-db")).status());
  }
  expect(hasRecovered(), `the last answers were ${seen.slice(-5).join(", ")}`).toBe(true);
  expect([...runbook], "what to do about it can be read meanwhile").toEqual([200]);

  const health = (await (await request.get("/api/health")).json()) as { checks: { db: unknown } };
  expect(health.checks.db).toMatchObject({ status: "ok" });
  expect(deployment.log()).toContain("Postgres ended unexpectedly; starting it again");
  expect(deployment.log()).not.toContain("web ended unexpectedly");
  expect(deployment.log()).not.toContain("worker ended unexpectedly");
});
