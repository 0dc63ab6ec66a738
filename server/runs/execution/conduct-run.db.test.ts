import { and, eq } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { usageLedger } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
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

const BEGIN: Turn = { kind: "begin" };
const call = (id: string, path: string, over: Record<string, unknown> = {}) => ({
  ...{ id, type: "http", request: { url: `${target.url}${path}` } },
  ...over,
});
const compute = (id: string, next?: string, expression = "1") => ({
  ...{ id, type: "transform", expression },
  ...(next === undefined ? {} : { next }),
});

/** A run that was started; each `worker` is a process of its own as far as the run can tell. */
async function started(steps: Record<string, unknown>[]) {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
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

describe("a turn", () => {
  it("that was done gives the turn that is due, and does nothing twice", async () => {
    const { worker, see, ledger } = await started([
      call("first", "/once", { next: "second" }),
      call("second", "/twice"),
    ]);
    const act = await worker()(BEGIN);
    expect(act).toEqual({ kind: "act", stepId: "first", attempt: 1, afterMs: 0 });
    expect(await worker()(BEGIN)).toEqual(act);
    const before = target.hits.length;
    const due = await worker()(act);
    expect(due).toEqual({ kind: "act", stepId: "second", attempt: 1, afterMs: 0 });
    // As after a crash between the run's own commit and the engine's.
    expect(await worker()(act)).toEqual(due);
    expect(target.hits.slice(before)).toEqual(["GET /once"]);
    expect((await see()).steps.map(({ stepId, status }) => [stepId, status])).toEqual([
      ["first", "succeeded"],
      ["second", "running"],
    ]);
    expect(await ledger()).toHaveLength(1);
  });

  it("is committed once the database is back, and asks its target no second time", async () => {
    const { worker, see, ledger } = await started([call("only", "/kept")]);
    const act = await worker()(BEGIN);
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
      expect(await worker()(act)).toEqual({ kind: "ended", status: "succeeded" });
    } finally {
      await asOwner("drop trigger end_once on run_steps; drop function end_once; drop sequence ends");
    }
    expect(target.hits.slice(before)).toEqual(["GET /kept"]);
    expect(await see()).toMatchObject({ status: "succeeded", steps: [{ attempt: 1, failedAttempts: [] }] });
    expect(await ledger()).toHaveLength(1);
  });

  it("that two workers take at once is kept from one of them", async () => {
    const { as, worker, see, ledger } = await started([call("only", "/raced")]);
    const act = await worker()(BEGIN);
    const before = await countReceipts(as.operator);
    const turns = await Promise.all([worker()(act), worker()(act)]);
    expect(turns).toEqual([
      { kind: "ended", status: "succeeded" },
      { kind: "ended", status: "succeeded" },
    ]);
    expect(await see()).toMatchObject({ status: "succeeded", steps: [{ attempt: 1, failedAttempts: [] }] });
    expect(await ledger()).toHaveLength(1);
    expect(await countReceipts(as.operator)).toBe(before + 1);
  });

  it("is not taken once the run was killed, whatever was read before", async () => {
    const { as, runId, worker, see } = await started([
      call("first", "/quick", { next: "second" }),
      call("second", "/no"),
    ]);
    const proceed = worker();
    const act = await proceed(BEGIN);
    await killRun(as.operator, { runId, reason: "stop" });
    // It holds what it read a moment ago, and finds out by its commit.
    expect(await proceed(act)).toEqual({ kind: "ended", status: "killed" });
    const before = target.hits.length;
    expect(await worker()(act)).toEqual({ kind: "ended", status: "killed" });
    expect(target.hits).toHaveLength(before);
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
    expect(await worker()(BEGIN)).toMatchObject({ kind: "act", stepId: "c" });
    expect((await see()).steps.map(({ position, status, output }) => [position, status, output])).toEqual([
      [1, "succeeded", 21],
      [2, "succeeded", 42],
      [3, "running", null],
    ]);
  });

  it("are committed in parts when there are many, and a part that is repeated changes nothing", async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `s${index}`);
    const { worker, see } = await started(ids.map((id, index) => compute(id, ids[index + 1])));
    const part = await worker()(BEGIN);
    expect(part).toMatchObject({ kind: "compute" });
    const proceed = worker();
    let turn = part;
    while (turn.kind !== "ended") turn = await proceed(turn);
    expect(await worker()(part)).toEqual({ kind: "ended", status: "succeeded" });
    expect((await see()).steps.map(({ position }) => position)).toEqual(ids.map((_, index) => index + 1));
  });

  it("end the run with the one that fails, and keep those before it", async () => {
    const { worker, see, ledger } = await started([compute("a", "b"), compute("b", "c", "$error('no')"), compute("c")]);
    expect(await worker()(BEGIN)).toEqual({ kind: "ended", status: "failed" });
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

describe("the ledger", () => {
  it("counts a task once however often it was tried, with every call that left", async () => {
    target.nextStatuses.push(503, 503);
    const { worker, see, ledger } = await started([call("only", "/flaky")]);
    let turn = await worker()(BEGIN);
    const pauses: number[] = [];
    while (turn.kind !== "ended") {
      turn = await worker()(turn);
      if (turn.kind === "act") pauses.push(turn.afterMs);
      expect(await ledger()).toHaveLength(turn.kind === "ended" ? 1 : 0);
    }
    expect(pauses).toEqual([2_000, 4_000]);
    expect(await ledger()).toMatchObject([{ taskType: "http", weightMilli: 2_000, externalCalls: 3 }]);
    const [step] = (await see()).steps;
    expect(step?.failedAttempts.map(({ attempt, code }) => [attempt, code])).toEqual([
      [1, "unexpected-status"],
      [2, "unexpected-status"],
    ]);
    expect(step).toMatchObject({ status: "succeeded", attempt: 3, failure: null });
  });
});
