import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { usageLedger } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { killWorkflow } from "@/server/holds";
import { must } from "@/server/kernel/errors";
import { walkExpressions } from "@/server/platform/expression-sandbox";
import { tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { useHttpTarget } from "@/server/testing/http-target";
import { makePublished } from "@/server/testing/workflows";
import type { Turn } from "../domain/turn";
import { getRun } from "../get-run";
import { startRun } from "../start-run";
import { conductRun } from "./conduct-run";

const db = useTestDatabase();
const target = useHttpTarget();

type Given = Record<string, unknown>;
const call = (id: string, path: string, over: Given = {}) => ({
  ...{ id, type: "http", request: { url: `${target.url}${path}` } },
  ...over,
});
const compute = (id: string, expression: string, over: Given = {}) => ({ id, type: "transform", expression, ...over });
const each = (items: string, body: string, over: Given = {}) => ({ id: "all", type: "for-each", items, body, ...over });

async function started(steps: Given[]) {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
  const { tenantId } = as.operator;
  const ctx = executionContext({ database: db.database, tenantId }, [target.host]);
  const see = () => getRun(as.operator, { runId });
  const stands = async () => Object.fromEntries((await see()).steps.map(({ stepId, status }) => [stepId, status]));
  const ledger = () =>
    withTenant(ctx, (tx) =>
      tx
        .select()
        .from(usageLedger)
        .where(and(eq(usageLedger.tenantId, tenantId), eq(usageLedger.runId, runId))),
    );
  const kill = () => killWorkflow(as.operator, { workflowId, reason: "stop" });
  return { tenantId, worker: () => conductRun(ctx, runId), see, stands, ledger, kill };
}

/** The moment that a turn wants to be called again at. */
const dueOf = (turn: Turn) => must(turn.kind === "rest" ? turn.due : null, "the run rests until a moment");
const ENDED = { kind: "ended", status: "succeeded" };
const hitsSince = (before: number) => target.hits.slice(before).map((hit) => hit.replace("GET ", ""));

describe("a parallel", () => {
  it("takes its branches at once, and what follows once all are through", async () => {
    const { worker, see, stands } = await started([
      { id: "fork", type: "parallel", branches: ["left", "right"], next: "join" },
      ...[call("left", "/left"), call("right", "/right")],
      compute("join", "steps.fork.output.left.body.path & steps.right.output.body.path"),
    ]);
    const [one, other] = [target.delayNext(), target.delayNext()];
    const turn = worker()(0);
    await Promise.all([one.arrived, other.arrived]);
    one.answer();
    // Its end is committed while the other is still out.
    await expect.poll(async () => Object.values(await stands()).sort()).toEqual(["running", "running", "succeeded"]);
    other.answer();
    expect(await turn).toEqual(ENDED);
    expect((await see()).output).toBe("/left/right");
    expect((await see()).steps.map(({ stepId, position }) => [stepId, position])).toEqual([
      ["fork", 1],
      ["left", 2],
      ["right", 3],
      ["join", 4],
    ]);
  });

  it("ends the run with the first branch that fails, without waiting for the others", async () => {
    const { worker, see, stands } = await started([
      { id: "fork", type: "parallel", branches: ["nap", "right"] },
      { id: "nap", type: "wait", seconds: 1, next: "left" },
      compute("left", "$error('no')"),
      call("right", "/right"),
    ]);
    const slow = target.delayNext();
    const turn = worker()(0);
    await slow.arrived;
    await expect.poll(async () => (await see()).status, { timeout: 5_000 }).toBe("failed");
    expect(await stands()).toEqual({ fork: "failed", nap: "succeeded", left: "failed", right: "skipped" });
    slow.answer();
    expect(await turn).toEqual({ kind: "ended", status: "failed" });
    expect((await see()).failure?.message).toContain("Step left");
    expect(await stands()).toMatchObject({ right: "skipped" });
  });

  it("waits in one branch beside the other, and lets go of the run when both do", async () => {
    const { worker, stands } = await started([
      { id: "fork", type: "parallel", branches: ["nap", "flaky"] },
      { id: "nap", type: "wait", seconds: 3_600 },
      call("flaky", "/flaky"),
    ]);
    target.nextStatuses.push(503);
    const turn = await worker()(0);
    const due = dueOf(turn);
    // The retry comes first, then the wait.
    expect(due.afterMs).toBeLessThanOrEqual(2_000);
    const later = await worker()(due.untilMs);
    const next = dueOf(later);
    expect(next.afterMs).toBeGreaterThan(3_590_000);
    expect(await stands()).toEqual({ fork: "running", nap: "running", flaky: "succeeded" });
    expect(await worker()(next.untilMs)).toEqual(ENDED);
  });
});

describe("a for-each", () => {
  it("takes its steps for every item, and gives what each came to, in order", async () => {
    const { worker, see, ledger } = await started([
      each("['a','b','c']", "fetch", { next: "count" }),
      call("fetch", "/items/{{ item }}/{{ index }}", { next: "pick" }),
      compute("pick", "steps.fetch.output.body.path & '?' & item"),
      compute("count", "$count(steps.all.output)"),
    ]);
    expect(await worker()(0)).toEqual(ENDED);
    const { steps, output } = await see();
    expect(output).toBe(3);
    expect(steps.find(({ stepId }) => stepId === "all")).toMatchObject({
      ...{ input: ["a", "b", "c"], status: "succeeded" },
      output: ["/items/a/0?a", "/items/b/1?b", "/items/c/2?c"],
    });
    expect(steps.map(({ stepId }) => stepId)).toContain("pick[2]");
    expect(await ledger()).toHaveLength(8);
  });

  it("works on no more items at once than it says", async () => {
    const { worker } = await started([each("[1..5]", "fetch", { at_once: 2 }), call("fetch", "/n/{{ item }}")]);
    const before = target.hits.length;
    const [one, two] = [target.delayNext(), target.delayNext()];
    const turn = worker()(0);
    await Promise.all([one.arrived, two.arrived]);
    expect(hitsSince(before).sort()).toEqual(["/n/1", "/n/2"]);
    one.answer();
    await expect.poll(() => hitsSince(before).length).toBe(5);
    two.answer();
    expect(await turn).toEqual(ENDED);
  });

  it("goes on after a crash with what was left, over the list it had", async () => {
    const { worker, see, ledger } = await started([
      each("[1..6].{'n': $, 'r': $random()}", "fetch", { at_once: 1 }),
      call("fetch", "/r/{{ item.n }}"),
    ]);
    const before = target.hits.length;
    const [first, second, third] = [target.delayNext(), target.delayNext(), target.delayNext()];
    first.answer();
    second.answer();
    // A process that hears of its third answer only when another has done all of it.
    const frozen = worker()(0);
    await third.arrived;
    const list = (await see()).steps[0]?.input;
    expect(await worker()(0)).toEqual(ENDED);
    third.answer();
    expect(await frozen).toEqual(ENDED);
    expect(hitsSince(before)).toEqual(["/r/1", "/r/2", "/r/3", "/r/3", "/r/4", "/r/5", "/r/6"]);
    expect((await see()).steps[0]?.input).toEqual(list);
    expect(await ledger()).toHaveLength(7);
  });

  it("tells of items that failed where it goes on, and ends the run where it does not", async () => {
    const steps = (on_error: string) => [
      each("[1..3]", "check", { on_error, next: "after" }),
      compute("check", "item = 2 ? $error('two') : item"),
      compute("after", "steps.all.output"),
    ];
    const going = await started(steps("continue"));
    expect(await going.worker()(0)).toEqual(ENDED);
    const message = expect.stringContaining("Step check[1]") as string;
    expect((await going.see()).output).toEqual([1, { error: { code: "expression", message } }, 3]);
    expect(await going.stands()).toMatchObject({ all: "succeeded", "check[1]": "failed" });

    const failing = await started(steps("fail"));
    expect(await failing.worker()(0)).toEqual({ kind: "ended", status: "failed" });
    expect((await failing.see()).failure).toEqual({ code: "expression", message });
    expect(await failing.stands()).toMatchObject({ all: "failed", "check[1]": "failed" });
  });

  it("tries an item again in its place", async () => {
    const { worker, see } = await started([
      each("[1..2]", "fetch", { on_error: "continue" }),
      call("fetch", "/t/{{ item }}", { retries: 1 }),
    ]);
    target.nextStatuses.push(503, 200, 503);
    const turn = await worker()(0);
    const due = dueOf(turn);
    expect(await worker()(due.untilMs)).toEqual(ENDED);
    const [all] = (await see()).steps;
    expect(all?.output).toHaveLength(2);
    expect((await see()).steps.filter(({ attempt }) => attempt === 2)).toHaveLength(1);
  });

  it.each([
    ["no list", "{'a': 1}", {}, "not-a-list"],
    ["more than it may", "[1..11]", { max_items: 10 }, "too-many-items"],
    ["what cannot be computed", "$error('no')", {}, "expression"],
  ])("over %s fails", async (_what, items, over, code) => {
    const { worker, see } = await started([each(items, "body", over), compute("body", "item")]);
    expect(await worker()(0)).toEqual({ kind: "ended", status: "failed" });
    expect(await see()).toMatchObject({ failure: { code }, steps: [{ stepId: "all", status: "failed" }] });
  });

  it("over nothing gives nothing", async () => {
    const { worker, see } = await started([each("[]", "body"), compute("body", "item")]);
    expect(await worker()(0)).toEqual(ENDED);
    expect(await see()).toMatchObject({ output: [], steps: [{ stepId: "all" }] });
  });

  it("begins no further item once a kill was confirmed", async () => {
    const { worker, kill, see } = await started([
      each("[1..100]", "fetch", { at_once: 3 }),
      call("fetch", "/k/{{ item }}"),
    ]);
    const held = [target.delayNext(), target.delayNext(), target.delayNext()];
    const turn = worker()(0);
    await Promise.all(held.map(({ arrived }) => arrived));
    await kill();
    const before = target.hits.length;
    for (const { answer } of held) answer();
    expect(await turn).toEqual({ kind: "ended", status: "killed" });
    expect(target.hits).toHaveLength(before);
    expect((await see()).steps.map(({ status }) => status)).toEqual(["skipped", "skipped", "skipped", "skipped"]);
  });

  it("keeps an item that failed while another is still out", async () => {
    const { worker, stands } = await started([
      each("['slow', 'bad']", "check", { at_once: 2, on_error: "continue" }),
      { id: "check", type: "branch", cases: [{ when: "item == 'bad'", next: "fail" }], otherwise: "fetch" },
      ...[compute("fail", "$error('no')"), call("fetch", "/slow")],
    ]);
    const slow = target.delayNext();
    const turn = worker()(0);
    await slow.arrived;
    await expect.poll(stands).toMatchObject({ all: "running", "fail[1]": "failed", "fetch[0]": "running" });
    slow.answer();
    expect(await turn).toEqual(ENDED);
  });

  it("computes no further item once a kill was confirmed, however many wait to be computed and fail", async () => {
    const endless = "($f := function($n) { $f($n + 1) }; $f(0))";
    const { tenantId, worker, kill, stands } = await started([
      each("[1..1000]", "endless", { at_once: 50, on_error: "continue" }),
      compute("endless", endless),
    ]);
    const turn = worker()(0);
    await expect.poll(async () => Object.values(await stands()), { timeout: 10_000 }).toContain("failed");
    await kill();
    const over = new AbortController();
    const ended = turn.finally(() => over.abort());
    // Another run of the tenant takes turns with this one, so that each of its own stands for one of this one's.
    let turns = 0;
    const walk = { start: "it", steps: { it: { expression: endless } }, most: 1 };
    for (; !over.signal.aborted; turns += 1)
      await walkExpressions(walk, { input: {}, steps: {} }, { tenantId, runId: "another" });
    expect(await ended).toEqual({ kind: "ended", status: "killed" });
    expect(turns).toBeLessThan(15);
  });

  it("of a thousand items keeps every one", async () => {
    const { worker, see, ledger } = await started([
      each("[1..1000]", "fetch", { at_once: 20, next: "sum" }),
      call("fetch", "/m/{{ item }}", { next: "half" }),
      compute("half", "item / 2"),
      compute("sum", "$sum(steps.all.output)"),
    ]);
    const before = target.hits.length;
    const proceed = worker();
    let turn = await proceed(0);
    while (turn.kind === "go") turn = await proceed(0);
    expect(turn).toEqual(ENDED);
    expect((await see()).output).toBe(250_250);
    expect(new Set(hitsSince(before)).size).toBe(1_000);
    expect(target.hits.length - before).toBe(1_000);
    expect(await ledger()).toHaveLength(2_002);
  });
});

it("a parallel within a for-each has its branches for each item", async () => {
  const { worker, see } = await started([
    each("['x','y']", "fork"),
    { id: "fork", type: "parallel", branches: ["up", "down"], next: "join" },
    ...[compute("up", "item & '+'"), compute("down", "item & '-'")],
    compute("join", "steps.up.output & steps.fork.output.down"),
  ]);
  expect(await worker()(0)).toEqual(ENDED);
  expect((await see()).output).toEqual(["x+x-", "y+y-"]);
});
