import { and, eq } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { usageLedger } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { must } from "@/server/kernel/errors";
import { tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { useHttpTarget } from "@/server/testing/http-target";
import { countReceipts } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { Turn } from "../domain/turn";
import { getRun } from "../get-run";
import { startRun } from "../start-run";
import { killRun } from "../stop-run";
import { conductRun } from "./conduct-run";

const db = useTestDatabase();
const target = useHttpTarget();

async function asOwner(statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  await client.query(statements);
  await client.end();
}

const call = (id: string, path: string, over: Record<string, unknown> = {}) => ({
  ...{ id, type: "http", request: { url: `${target.url}${path}` } },
  ...over,
});
const compute = (id: string, next?: string, expression = "1") => ({
  ...{ id, type: "transform", expression },
  ...(next === undefined ? {} : { next }),
});

/** A run that was started; each `worker` is a process of its own as far as the run can tell. */
async function started(steps: Record<string, unknown>[], order = "7") {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const { runId } = await startRun(as.operator, { workflowId, input: { order } });
  const { tenantId } = as.operator;
  const ctx = executionContext({ database: db.database, tenantId }, [target.host]);
  const ledger = () =>
    withTenant(ctx, (tx) =>
      tx
        .select()
        .from(usageLedger)
        .where(and(eq(usageLedger.tenantId, tenantId), eq(usageLedger.runId, runId))),
    );
  return { as, runId, ledger, worker: () => conductRun(ctx, runId), see: () => getRun(as.operator, { runId }) };
}

/** Carries a run on to its end, with no time lost between its turns; gives the pauses that were asked for. */
async function toItsEnd(proceed: ReturnType<typeof conductRun>): Promise<{ status: string; pauses: number[] }> {
  const pauses: number[] = [];
  let reachedMs = 0;
  for (let turns = 0; turns < 50; turns += 1) {
    const turn = await proceed(reachedMs);
    if (turn.kind === "ended") return { status: turn.status, pauses };
    if (turn.kind === "rest") {
      const { afterMs, untilMs } = dueOf(turn);
      pauses.push(afterMs);
      reachedMs = untilMs;
    }
  }
  throw new Error("The run does not end.");
}

/** The moment that a turn wants to be called again at. */
const dueOf = (turn: Turn) => must(turn.kind === "rest" ? turn.due : null, "the run rests until a moment");
const ENDED = { kind: "ended", status: "succeeded" };

describe("a turn", () => {
  it("does all that can be done, and nothing twice", async () => {
    const { worker, see, ledger } = await started([
      call("first", "/once", { next: "second" }),
      call("second", "/twice"),
    ]);
    const before = target.hits.length;
    expect(await worker()(0)).toEqual(ENDED);
    // As after a crash between the run's own commit and the engine's.
    expect(await worker()(0)).toEqual(ENDED);
    expect(target.hits.slice(before)).toEqual(["GET /once", "GET /twice"]);
    expect((await see()).steps.map(({ stepId, position, status }) => [stepId, position, status])).toEqual([
      ["first", 1, "succeeded"],
      ["second", 2, "succeeded"],
    ]);
    expect(await ledger()).toHaveLength(2);
  });

  it("goes on where one that broke off had come to", async () => {
    const { worker, see, ledger } = await started([
      call("first", "/kept", { next: "second" }),
      call("second", "/lost", { next: "third" }),
      call("third", "/after"),
    ]);
    const before = { hits: target.hits.length, keys: target.keys.length };
    // The second step's end never comes to be committed: its process is gone.
    await asOwner(`
      create function lose() returns trigger language plpgsql security definer as $$
      begin
        if new.step_id = 'second' then raise exception 'gone'; end if;
        return new;
      end $$;
      create trigger lose before update on run_steps for each row execute function lose()`);
    try {
      await expect(worker()(0)).rejects.toThrow();
    } finally {
      await asOwner("drop trigger lose on run_steps; drop function lose");
    }
    expect((await see()).steps.map(({ status }) => status)).toEqual(["succeeded", "running"]);
    expect(await worker()(0)).toEqual(ENDED);
    expect(target.hits.slice(before.hits)).toEqual(["GET /kept", "GET /lost", "GET /lost", "GET /after"]);
    const [, lost, again] = target.keys.slice(before.keys);
    expect(again).toBe(lost);
    expect(await ledger()).toHaveLength(3);
  });

  it("is committed once the database is back, and asks its target no second time", async () => {
    const { worker, see, ledger } = await started([call("only", "/kept")]);
    const before = target.hits.length;
    // The first connection that would write the step's end is ended instead; a sequence counts on through a rollback.
    await asOwner(`
      create sequence ends;
      create function end_once() returns trigger language plpgsql security definer as $$
      begin
        if nextval('ends') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
        return new;
      end $$;
      create trigger end_once before update on run_steps for each row execute function end_once()`);
    try {
      expect(await worker()(0)).toEqual(ENDED);
    } finally {
      await asOwner("drop trigger end_once on run_steps; drop function end_once; drop sequence ends");
    }
    expect(target.hits.slice(before)).toEqual(["GET /kept"]);
    expect(await see()).toMatchObject({ status: "succeeded", steps: [{ attempt: 1, failedAttempts: [] }] });
    expect(await ledger()).toHaveLength(1);
  });

  it("that two workers take at once is kept from one of them", async () => {
    const { as, worker, see, ledger } = await started([call("only", "/raced")]);
    const before = await countReceipts(as.operator);
    const ends = await Promise.all([toItsEnd(worker()), toItsEnd(worker())]);
    expect(ends.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
    expect(await see()).toMatchObject({ status: "succeeded", steps: [{ attempt: 1, failedAttempts: [] }] });
    expect(await ledger()).toHaveLength(1);
    expect(await countReceipts(as.operator)).toBe(before + 1);
  });

  it("begins nothing further once the run was killed, whatever was read before", async () => {
    const { as, runId, worker, see } = await started([
      call("first", "/quick", { next: "second" }),
      call("second", "/no"),
    ]);
    const before = target.hits.length;
    const hit = target.delayNext();
    const turn = worker()(0);
    await hit.arrived;
    await killRun(as.operator, { runId, reason: "stop" });
    hit.answer();
    // It finds out by its commit.
    expect(await turn).toEqual({ kind: "ended", status: "killed" });
    expect(await worker()(0)).toEqual({ kind: "ended", status: "killed" });
    expect(target.hits.slice(before)).toEqual(["GET /quick"]);
    expect((await see()).steps).toMatchObject([{ stepId: "first", status: "skipped" }]);
  });
});

describe("computed steps", () => {
  it("are committed together, with the step that has to act begun", async () => {
    const steps = [
      compute("a", "b", "21"),
      compute("b", "c", "steps.a.output * 2"),
      call("c", "/{{ steps.b.output }}"),
    ];
    const { worker, see } = await started(steps);
    const hit = target.delayNext();
    const turn = worker()(0);
    await hit.arrived;
    expect((await see()).steps.map(({ position, status, output }) => [position, status, output])).toEqual([
      [1, "succeeded", 21],
      [2, "succeeded", 42],
      [3, "running", null],
    ]);
    hit.answer();
    expect(await turn).toEqual(ENDED);
  });

  it("are all kept, in their order, when there are a thousand", async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `s${index}`);
    const { worker, see, ledger } = await started(ids.map((id, index) => compute(id, ids[index + 1])));
    expect(await toItsEnd(worker())).toMatchObject({ status: "succeeded" });
    const { steps } = await see();
    expect(steps.map(({ stepId }) => stepId)).toEqual(ids);
    expect(steps.map(({ position }) => position)).toEqual(ids.map((_, index) => index + 1));
    expect(await ledger()).toHaveLength(1_000);
  });

  it("end the run with the one that fails, and keep those before it", async () => {
    const { worker, see, ledger } = await started([compute("a", "b"), compute("b", "c", "$error('no')"), compute("c")]);
    expect(await worker()(0)).toEqual({ kind: "ended", status: "failed" });
    expect(await see()).toMatchObject({
      failure: { code: "expression", message: expect.stringContaining("Step b") as string },
      steps: [{ status: "succeeded" }, { status: "failed" }],
    });
    expect((await ledger()).map(({ stepId, weightMilli }) => [stepId, weightMilli]).sort()).toEqual([
      ["a", 1_000],
      ["b", 0],
    ]);
  });
});

describe("a wait", () => {
  it("lets go of the run until its moment, and not before", async () => {
    const { worker, see } = await started([{ id: "pause", type: "wait", seconds: 2_592_000 }]);
    const turn = await worker()(0);
    const due = dueOf(turn);
    expect(due.afterMs).toBeGreaterThan(2_591_990_000);
    // Another process, called too early.
    expect(await worker()(due.untilMs - 1_000)).toMatchObject({ kind: "rest", due: { untilMs: due.untilMs } });
    expect(await worker()(due.untilMs)).toEqual(ENDED);
    const [step] = (await see()).steps;
    // Both are cut to the millisecond.
    const took = Date.parse(step?.endedAt ?? "") - Date.parse(step?.startedAt ?? "");
    expect(Math.abs(took - 2_592_000_000)).toBeLessThanOrEqual(1);
  });

  it.each([
    ["a moment to come", "2999-01-01T00:00:00Z", "more than 30 days"],
    ["a moment without its zone", "2026-01-01T00:00:00", "is no moment"],
    ["no moment at all", "soon", "is no moment"],
  ])("until %s that it cannot keep fails", async (_what, order, message) => {
    const { worker, see } = await started([{ id: "pause", type: "wait", until: "{{ input.order }}" }], order);
    expect(await worker()(0)).toEqual({ kind: "ended", status: "failed" });
    expect((await see()).failure?.message).toMatch(message);
  });

  it("until a moment that has passed is over at once", async () => {
    const { worker, see } = await started(
      [{ id: "pause", type: "wait", until: "{{ input.order }}" }],
      "2026-01-01T00:00:00Z",
    );
    expect(await worker()(0)).toEqual(ENDED);
    expect((await see()).steps).toMatchObject([{ status: "succeeded", input: { until: "2026-01-01T00:00:00Z" } }]);
  });
});

describe("the ledger", () => {
  it("counts a task once however often it was tried, with every call that left", async () => {
    target.nextStatuses.push(503, 503);
    const { worker, see, ledger } = await started([call("only", "/flaky")]);
    const first = await worker()(0);
    expect(first).toMatchObject({ kind: "rest" });
    expect(await ledger()).toHaveLength(0);
    const { status, pauses } = await toItsEnd((reachedMs) => worker()(reachedMs));
    expect(status).toBe("succeeded");
    const near = (ms: number) => [expect.closeTo(ms, -3)] as const;
    expect(pauses).toEqual([...near(2_000), ...near(4_000)]);
    expect(await ledger()).toMatchObject([{ taskType: "http", weightMilli: 2_000, externalCalls: 3 }]);
    const [step] = (await see()).steps;
    expect(step?.failedAttempts.map(({ attempt, code }) => [attempt, code])).toEqual([
      [1, "unexpected-status"],
      [2, "unexpected-status"],
    ]);
    expect(step).toMatchObject({ status: "succeeded", attempt: 3, failure: null });
  });
});
