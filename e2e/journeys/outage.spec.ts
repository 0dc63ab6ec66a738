import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../fixtures/test";

test("the product says it is not ready while Postgres is away, and recovers by itself", async ({
  deployment,
  request,
}) => {
  const ready = async () => (await request.get("/api/ready")).status();
  expect(await ready()).toBe(200);
  const pidFile = path.join(deployment.home, "postgres", "data", "postmaster.pid");
  const pid = Number((await readFile(pidFile, "utf8")).split("\n")[0]);

  // Postgres' own "immediate" stop: every connection breaks in the middle of what it does.
  process.kill(pid, "SIGQUIT");
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        seen.push(await ready());
        return seen.at(-1) === 200 && seen.includes(503);
      },
      { timeout: 30_000, intervals: [50] },
    )
    .toBe(true);

  const health = (await (await request.get("/api/health")).json()) as { checks: { db: unknown } };
  expect(health.checks.db).toMatchObject({ status: "ok" });
  expect(deployment.log()).toContain("Postgres ended unexpectedly; starting it again");
  expect(deployment.log()).not.toContain("web ended unexpectedly");
  expect(deployment.log()).not.toContain("worker ended unexpectedly");
});
