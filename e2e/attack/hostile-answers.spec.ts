import { inspect } from "../fixtures/inspector";
import { WORKER } from "../fixtures/processes";
import { finished, httpStep, perform, publishSteps, see, start, startRun } from "../fixtures/run";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

const OUTCOMES: readonly [kind: string, outcome: RegExp][] = [
  ["endless", /^too-large$/],
  ["bomb", /^too-large$/],
  ["brotli", /^too-large$/],
  ["headers", /^connection$/],
  ["drip", /^timeout$/],
  ["hang", /^timeout$/],
  ["short", /^connection$/],
  ["garbage", /^connection$/],
  ["long", /^(succeeded|connection)$/],
  ["utf8", /^succeeded$/],
  ["control", /^succeeded$/],
  ["deep", /^succeeded$/],
];

test("43 a hostile answer fails its step, and nothing of it stays in the worker", async ({
  deployment,
  sides: { a },
}) => {
  const { target } = deployment;
  const hostileRuns = async () => {
    const started = await Promise.all(
      OUTCOMES.map(([kind, outcome]) => {
        // What is cut for its size may take its time on a busy machine; what is cut for its time need not.
        const seconds = outcome.test("timeout") ? 3 : 30;
        return start(a, [httpStep(`${target.url}/hostile/${kind}`, {}, { timeout_seconds: seconds })]);
      }),
    );
    const runs = await Promise.all(started.map((runId) => finished(a, runId)));
    for (const [index, [kind, outcome]] of OUTCOMES.entries()) {
      const run = runs[index];
      expect(run?.status === "succeeded" ? "succeeded" : run?.failure?.code, kind).toMatch(outcome);
      expect(JSON.stringify(run).length, kind).toBeLessThan(1_100_000);
    }
  };
  // The first of each kind loads what it needs.
  await hostileRuns();
  const worker = await inspect(deployment, WORKER);
  const before = (await worker?.keptMb()) ?? 0;
  await hostileRuns();
  expect(((await worker?.keptMb()) ?? 0) - before, "MiB kept").toBeLessThan(50);
  await worker?.stop();
});

// The figures, p99 of another tenant's runs beside these, are measured by `npm run bench -- neighbours`.
test("43 a tenant whose targets never answer holds up nobody else", async ({ deployment, sides: { a, b } }) => {
  const { target } = deployment;
  const place = `/hostile/hang?${fresh("held")}`;
  const hanging = await publishSteps(a, [httpStep(`${target.url}${place}`, {}, { timeout_seconds: 30 })]);
  const well = await publishSteps(b, [httpStep(`${target.url}/well`)]);
  const held = await Promise.all(Array.from({ length: 40 }, () => startRun(a, hanging)));
  // More of them at once than a worker works on.
  await expect.poll(() => target.hits.filter(({ url }) => url === place).length).toBeGreaterThanOrEqual(12);
  const others = await Promise.all(Array.from({ length: 5 }, () => startRun(b, well)));
  for (const runId of others) expect((await finished(b, runId)).status).toBe("succeeded");
  // All of that came to pass while not one of these had its answer.
  const statuses = await Promise.all(held.map(async (runId) => (await see(a, runId)).status));
  expect(new Set(statuses)).toEqual(new Set(["queued", "running"]));
  for (const runId of held) await a.operator.ask("runs.kill", { runId, reason: "The test is over." });
  target.hangUp();
});

test("43 a run whose answers are large together is ended before it fills the worker", async ({
  deployment,
  sides: { a },
}) => {
  const ids = Array.from({ length: 30 }, (_, index) => `s${index}`);
  const steps = ids.map((id, index) =>
    // Another host than the one whose answers were hostile: that may be left alone for a while.
    httpStep(
      `${deployment.elsewhere.url}/bytes/900000`,
      {},
      { id, ...(ids[index + 1] ? { next: ids[index + 1] } : {}) },
    ),
  );
  const run = await perform(a, steps);
  expect(run).toMatchObject({ status: "failed", failure: { code: "run-too-large" } });
  expect(run.steps.length).toBeLessThan(20);
});

test("43 what a hostile answer holds can be passed on", async ({ deployment, sides: { a } }) => {
  const { elsewhere: target } = deployment;
  const marker = fresh("passed");
  const next = { ...httpStep(`${target.url}/${marker}/{{ steps.call.output.body }}`), id: "pass" };
  for (const kind of ["utf8", "control"]) {
    const run = await perform(a, [{ ...httpStep(`${target.url}/hostile/${kind}`), next: "pass" }, next]);
    expect(run.status, kind).toBe("succeeded");
  }
  expect(target.hits.filter(({ url }) => url.startsWith(`/${marker}/`))).toHaveLength(2);
});
