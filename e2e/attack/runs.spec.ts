import { forgetCalls } from "../fixtures/allowance";
import { cpuMs, processOf, WEB } from "../fixtures/processes";
import { definition, fresh, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

test("46 a graph without end or measure is not stored", async ({ deployment, sides: { a } }) => {
  const web = processOf(deployment, WEB);

  const wait = (id: string, next?: string) => ({
    id,
    type: "wait",
    seconds: 1,
    ...(next === undefined ? {} : { next }),
  });
  const chain = (length: number) =>
    Array.from({ length }, (_, index) => wait(`s${index}`, index + 1 < length ? `s${index + 1}` : undefined));
  const fan = Array.from({ length: 1_000 }, (_, index) => ({ when: "true", next: `s${index + 1}` }));
  // Within the most that may be sent at once, each step leads to thirty others, and the last to none that is there.
  const mesh = Array.from({ length: 1_000 }, (_, index) => ({
    ...{ id: `m${index}`, type: "branch", otherwise: index === 999 ? "nowhere" : `m${index + 1}` },
    cases: Array.from({ length: 30 }, (_case, way) => ({ when: "1", next: `m${Math.min(999, index + 1 + way)}` })),
  }));
  const graphs: [title: string, steps: unknown[]][] = [
    ["a step that follows itself", [wait("a", "a")]],
    ["a cycle of two", [wait("a", "b"), wait("b", "a")]],
    ["a cycle through a branch", [{ id: "a", type: "branch", cases: [{ when: "true", next: "b" }] }, wait("b", "a")]],
    ["a cycle behind a long chain", [...chain(500).slice(0, -1), wait("s499", "s1")]],
    ["1,001 steps", chain(1_001)],
    ["10,000 steps", chain(10_000)],
    ["1,000 ways", [{ id: "a", type: "branch", cases: fan }, ...chain(1_001).slice(1)]],
    ["two steps of one id", [wait("a", "b"), wait("b"), wait("b")]],
    ["a step that is nowhere", [wait("a", "nowhere")]],
    ["30,000 ways", mesh],
  ];
  for (const [title, steps] of graphs) {
    const used = web === null ? 0 : cpuMs(web.pid).own;
    const answer = await a.author.attempt("workflows.create", {
      slug: fresh("graph"),
      definition: definition({ steps }),
    });
    expect(answer, title).toMatchObject({ status: 400, code: "Invalid" });
    if (web !== null) expect(cpuMs(web.pid).own - used, `${title}, in ms`).toBeLessThan(1_000);
  }
});

test("48 one key starts one run in each tenant, however often and however quickly it is sent", async ({
  deployment,
  sides: { a, b },
}) => {
  const key = fresh("key");
  const input = { order: { type: "string" } };
  const keyed = async (side: TenantSide) => {
    const { workflowId } = await publish(side, { input });
    const send = (order: string) =>
      side.operator.once("runs.start", { workflowId, idempotencyKey: key, input: { order } });
    const answers = await Promise.all(Array.from({ length: 50 }, () => send("one")));
    const started = answers.map(({ value }) => value as { runId: string; isNew: boolean });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await send("two")).toMatchObject({ status: 409, code: "Conflict" });
    return started[0]?.runId;
  };
  // All fifty at once: nobody is to be told to come again later.
  await forgetCalls(deployment);
  const [ofA, ofB] = await Promise.all([keyed(a), keyed(b)]);
  expect(ofA).not.toBe(ofB);
});
