import { queryAsOwner } from "@/db/testing/owner-query";
import type { Deployment } from "../fixtures/deployment";
import { finished, httpStep, publishSteps, see, start, startRun } from "../fixtures/run";
import { snapshot } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

/** The executor's own side of things, as the database's owner sees it. */
function executor({ home }: Pick<Deployment, "home">) {
  const ask = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
    queryAsOwner<Row>(home, text, values);
  return {
    ask,
    /** The execution of a run, once it has come to its wait. */
    parked: async (runId: string): Promise<string> => {
      let id: string | undefined;
      const look = async () => {
        const rows = await ask<{ id: string }>(
          `select r.id from engine.runs r join engine.jobs j on j.run_id = r.id and j.kind = 'timer'
           where r.events::text like $1`,
          [`%${runId}%`],
        );
        id = rows[0]?.id;
        return rows.length;
      };
      await expect.poll(look).toBe(1);
      return id ?? "";
    },
    /** Lets no pause stand before what an execution has to do next. */
    hurry: async (id: string) => {
      await ask("update engine.jobs set run_at = now() where run_id = $1 and lease_id is null and run_at > now()", [
        id,
      ]);
      const [row] = await ask<{ status: string; tries: number | null }>(
        `select r.status, max(j.attempt) as tries from engine.runs r left join engine.jobs j on j.run_id = r.id
         where r.id = $1 group by r.status`,
        [id],
      );
      return row ?? { status: "gone", tries: null };
    },
  };
}

test("47 what the executor cannot read is given up after its tries, and holds up nobody", async ({
  deployment,
  sides: { a, b },
}) => {
  test.setTimeout(240_000);
  const { ask, parked, hurry } = executor(deployment);
  const well = [httpStep(`${deployment.target.url}/well`)];
  const wait = await publishSteps(a, [{ id: "pause", type: "wait", seconds: 3_600 }]);
  const [badMemo, badEvent] = [await startRun(a, wait), await startRun(a, wait)];
  const [memoId, eventId] = [await parked(badMemo), await parked(badEvent)];
  const others = await snapshot(b);

  // A kept step that is none, an event that is none, and one that is no start of any run of ours.
  await ask(`update engine.steps set memo = '{"type":"data","data":7}' where run_id = $1 and name = 'turn 1'`, [
    memoId,
  ]);
  await ask("update engine.runs set events = 'null' where id = $1", [eventId]);
  const strayEvent = `evt_poison_${badMemo}`;
  await ask(
    `insert into engine.events (tenant_id, id, name, payload)
     select tenant_id, $2, 'run.started', '{"tenantId":7,"runId":["?"]}' from tenants where slug = $1`,
    [a.slug, strayEvent],
  );
  const strayIds = () =>
    ask<{ id: string }>("select id from engine.runs where trigger_key = $1 and function_id like '%execute-run'", [
      strayEvent,
    ]);
  await expect.poll(async () => (await strayIds()).length).toBe(1);
  const strayId = (await strayIds())[0]?.id ?? "";
  const poisoned = [memoId, eventId, strayId];
  for (const id of poisoned) await hurry(id);

  // While these are tried again and again, others' runs and the same tenant's own end as ever.
  const [ofA, ...ofB] = await Promise.all([start(a, well), start(b, well), start(b, well)]);
  expect((await finished(a, ofA)).status).toBe("succeeded");
  for (const runId of ofB) expect((await finished(b, runId)).status).toBe("succeeded");
  expect((await see(a, badMemo)).status).toBe("running");

  const tries: number[] = [];
  for (const id of poisoned) {
    const status = async () => {
      const at = await hurry(id);
      if (id === memoId && at.tries !== null) tries.push(at.tries);
      return at.status;
    };
    await expect.poll(status, { timeout: 120_000, intervals: [50] }).toBe("failed");
    expect(await ask("select 1 from engine.jobs where run_id = $1", [id])).toEqual([]);
  }
  // Counted from nought: it had eleven tries and no more.
  expect(Math.max(...tries)).toBeLessThanOrEqual(10);
  expect(Math.max(...tries)).toBeGreaterThan(5);

  // Its people learn that it is over, and its log says whose it was.
  expect(await finished(a, badMemo)).toMatchObject({
    ...{ status: "failed", failure: { code: "internal" } },
    steps: [{ stepId: "pause", status: "skipped" }],
  });
  const told = await a.operator.ask<{ rows: { href: string }[] }>("notifications.list");
  expect(told.rows.filter(({ href }) => href.endsWith(badMemo))).toHaveLength(1);
  const failures = deployment
    .log()
    .split("\n")
    .filter((line) => line.includes("function failed"));
  for (const id of poisoned)
    expect(
      failures.filter((line) => line.includes(id)),
      id,
    ).toHaveLength(1);
  // What the executor cannot tell the run of is stopped like any other.
  await a.operator.ask("runs.kill", { runId: badEvent });
  const after = await snapshot(b);
  for (const list of ["members", "apiKeys", "invitations"]) expect(after[list], list).toEqual(others[list]);
});
