import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { approvals, usageLedger } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { decideApproval } from "@/server/approvals";
import { killWorkflow, pauseWorkflow } from "@/server/holds";
import { newId } from "@/server/kernel/ids";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { useHttpTarget } from "@/server/testing/http-target";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import { publishVersion, retireWorkflow, reviewVersion, saveDraft, submitVersion } from "@/server/workflows";
import { twoStepDefinition } from "@/server/testing/definitions";
import { listReceipts } from "@/server/receipts";
import { cancelRun, conductRun, getRun, rerunRun, startRun, type Turn } from "./index";

const db = useTestDatabase();
const target = useHttpTarget();

const ROLES = ["workflow_author", "workflow_reviewer", "operator", "read_only", "tenant_admin"] as const;
const call = (id: string, next?: string) => ({
  ...{ id, type: "http", retries: 0, request: { url: `${target.url}/${id}/{{ input.order }}` } },
  ...(next === undefined ? {} : { next }),
});
const STEPS = () => [
  call("first", "double"),
  { id: "double", type: "transform", expression: "steps.first.output.body.path & '!'", next: "last" },
  { ...call("last"), request: { url: `${target.url}/last?of={{ steps.double.output }}` } },
];

/** A run of three steps that failed at its last. */
async function failedRun() {
  const { tenant, as } = await tenantWith(db.database, ROLES);
  const made = await makePublished(as, { steps: STEPS() });
  const { workflowId } = made;
  const ctx = executionContext({ database: db.database, tenantId: tenant.tenantId }, [target.host]);
  const conduct = async (id: string) => {
    const proceed = conductRun(ctx, id);
    let turn: Turn = { kind: "go" };
    while (turn.kind !== "ended") turn = await proceed(0);
    return getRun(as.operator, { runId: id });
  };
  const ledger = (id: string) =>
    withTenant(ctx, (tx) =>
      tx
        .select({ stepId: usageLedger.stepId })
        .from(usageLedger)
        .where(and(eq(usageLedger.tenantId, tenant.tenantId), eq(usageLedger.runId, id))),
    );
  const { runId } = await startRun(as.operator, { workflowId, input: { order: "A-1" } });
  target.nextStatuses.push(200, 500);
  expect(await conduct(runId)).toMatchObject({ status: "failed" });
  return { tenant, as, workflowId, made, runId, conduct, ledger };
}

describe("rerunRun", () => {
  it("takes over what was finished, performs the rest, and counts only that", async () => {
    const { tenant, as, runId, conduct, ledger } = await failedRun();
    const { runId: again } = await rerunRun(as.operator, { runId, stepId: "last" });
    await expectReceipt(as.operator, "run.rerun", `run:${again}`);
    const { rows } = await listReceipts(as.operator, { subject: `run:${again}` });
    expect(rows[0]?.body).toMatchObject({ detail: { rerunOf: runId, beginsWith: "last" } });
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("run.started");
    const queued = await getRun(as.operator, { runId: again });
    expect(queued).toMatchObject({ status: "queued", input: { order: "A-1" }, repeats: { runId, stepId: "last" } });
    expect(queued.steps.map(({ stepId, reusedFrom }) => [stepId, reusedFrom])).toEqual([
      ["first", runId],
      ["double", runId],
    ]);
    const before = target.hits.length;
    const done = await conduct(again);
    expect(done).toMatchObject({ status: "succeeded" });
    expect(target.hits.slice(before)).toEqual(["GET /last?of=%2Ffirst%2FA-1!"]);
    expect(target.keys.at(-1)).toBe(`${again}:last`);
    expect(done.steps.map(({ stepId, position, reusedFrom }) => [stepId, position, reusedFrom])).toEqual([
      ["first", 1, runId],
      ["double", 2, runId],
      ["last", 3, null],
    ]);
    expect(await ledger(again)).toEqual([{ stepId: "last" }]);
    expect((await getRun(as.read_only, { runId })).repeatedBy).toMatchObject([{ runId: again, stepId: "last" }]);
  });

  it("begins with the first step, with a computed one, and with one that was taken over", async () => {
    const { as, runId, conduct } = await failedRun();
    const whole = await rerunRun(as.operator, { runId, stepId: "first" });
    expect((await conduct(whole.runId)).steps.map(({ reusedFrom }) => reusedFrom)).toEqual([null, null, null]);
    const computed = await rerunRun(as.operator, { runId, stepId: "double" });
    expect((await conduct(computed.runId)).steps.map(({ reusedFrom }) => reusedFrom)).toEqual([runId, null, null]);
    const last = await rerunRun(as.operator, { runId: computed.runId, stepId: "last" });
    // Each names the run that performed it, however often it was taken over.
    expect((await conduct(last.runId)).steps.map(({ reusedFrom }) => reusedFrom)).toEqual([
      runId,
      computed.runId,
      null,
    ]);
  });

  it("goes on with what a step runs within, and takes over what else was finished there", async () => {
    const { as } = await tenantWith(db.database, ROLES);
    const { workflowId } = await makePublished(as, {
      steps: [
        { id: "all", type: "for-each", items: "['a','b','c']", body: "ask", at_once: 1, next: "sum" },
        { ...call("ask"), request: { url: `${target.url}/ask/{{ item }}` } },
        { id: "sum", type: "transform", expression: "$count(steps.all.output)" },
      ],
    });
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "A-1" } });
    const ctx = executionContext({ database: db.database, tenantId: as.operator.tenantId }, [target.host]);
    await conductRun(ctx, runId)(0);
    const before = target.hits.length;
    const again = await rerunRun(as.operator, { runId, stepId: "ask[1]" });
    expect(await conductRun(ctx, again.runId)(0)).toEqual({ kind: "ended", status: "succeeded" });
    expect(target.hits.slice(before)).toEqual(["GET /ask/b", "GET /ask/c"]);
    const { steps, output } = await getRun(as.operator, { runId: again.runId });
    expect(output).toBe(3);
    expect(steps.filter(({ reusedFrom }) => reusedFrom !== null).map(({ stepId }) => stepId)).toEqual(["ask[0]"]);
  });

  /** A run that was approved where its steps ask, and has ended: with what approves its next. */
  async function approvedRun(steps: (slug: string) => unknown[]) {
    const { tenant, as } = await tenantWith(db.database, ROLES);
    const stages = [{ role: "workflow_reviewer", quorum: 1, expires_hours: 1 }];
    const asks = (id: string, next?: string) => ({
      ...{ id, type: "approval", title: "Go on?", stages },
      ...(next === undefined ? {} : { next }),
    });
    const inner = await makePublished(as, { input: {}, steps: [asks("inside")] });
    const { workflowId } = await makePublished(as, {
      steps: steps(inner.slug).map((step) => (typeof step === "string" ? asks(step, "post") : step)),
    });
    const ctx = executionContext({ database: db.database, tenantId: tenant.tenantId }, [target.host]);
    /** Carries on a run, and those that it calls, until they end or wait for people. */
    const carry = async (id: string) => {
      const own = await conductRun(ctx, id)(0);
      if (own.kind === "ended") return own;
      const { steps: begun } = await getRun(as.operator, { runId: id });
      for (const { calledRunId } of begun)
        if (calledRunId !== null && (await conductRun(ctx, calledRunId)(0)).kind === "ended")
          return conductRun(ctx, id)(0);
      return own;
    };
    const approve = async () => {
      const isWaiting = and(eq(approvals.tenantId, tenant.tenantId), eq(approvals.status, "pending"));
      const rows = await withTenant(ctx, (tx) => tx.select().from(approvals).where(isWaiting));
      for (const { id: approvalId, contentHash } of rows)
        await decideApproval(as.workflow_reviewer, { approvalId, contentHash, verdict: "approved", comment: "" });
      return rows.length;
    };
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "A-1" } });
    for (let turn = await carry(runId); turn.kind !== "ended"; turn = await carry(runId))
      expect(await approve()).toBeGreaterThan(0);
    return { as, runId, carry, approve };
  }

  it.each<[string, string, (slug: string) => unknown[], string, string]>([
    ["an approval before the step", "gate", () => [call("first", "gate"), "gate", call("post")], "post", "first"],
    [
      "an approval within what was finished before",
      "gate",
      () => [
        { id: "all", type: "for-each", items: "['a']", body: "gate", next: "last" },
        "gate",
        call("post"),
        call("last"),
      ],
      ...(["last", "post[0]"] as const),
    ],
    [
      "a call of a workflow that asks",
      "call",
      (slug: string) => [
        call("first", "call"),
        { id: "call", type: "workflow", workflow: slug, next: "post" },
        call("post"),
      ],
      ...(["post", "first"] as const),
    ],
  ])("asks again, and begins with nothing behind it: %s", async (_what, asking, steps, stepId, taken) => {
    const { as, runId, carry, approve } = await approvedRun(steps);
    const before = target.hits.length;
    const again = await rerunRun(as.operator, { runId, stepId });
    expect(again.asksAgain).toEqual([asking]);
    expect((await carry(again.runId)).kind).not.toBe("ended");
    expect(target.hits).toHaveLength(before);
    const { steps: begun } = await getRun(as.operator, { runId: again.runId });
    expect(begun.filter(({ reusedFrom }) => reusedFrom !== null).map((step) => step.stepId)).toEqual([taken]);
    expect(await approve()).toBe(1);
    expect(await carry(again.runId)).toEqual({ kind: "ended", status: "succeeded" });
    expect(target.hits.slice(before)).toEqual([`GET /${stepId}/A-1`]);
  });

  it("refuses a role that does not run, and a clearance that does not reach", async () => {
    const { tenant, as, runId } = await failedRun();
    await expect(rerunRun(as.read_only, { runId, stepId: "last" })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.read_only, "run.start");
    const blind = await memberContext(db.database, tenant, { roles: ["operator"], clearance: "public" });
    await expect(rerunRun(blind, { runId, stepId: "last" })).rejects.toMatchObject({ code: "Forbidden" });
  });

  it("answers another tenant's run as one that never was", async () => {
    const [mine, theirs] = [await failedRun(), await failedRun()];
    const ask = (runId: string) => rerunRun(mine.as.operator, { runId, stepId: "last" }).catch(String);
    expect(await ask(theirs.runId)).toBe(await ask(newId("run")));
    expect(await ask(theirs.runId)).toContain("NotFound");
  });

  it("refuses a run that goes on, and a step that it never began", async () => {
    const { as, workflowId, runId } = await failedRun();
    const open = await startRun(as.operator, { workflowId, input: { order: "B" } });
    const before = await countReceipts(as.operator);
    await expect(rerunRun(as.operator, { runId: open.runId, stepId: "first" })).rejects.toMatchObject({
      code: "Conflict",
    });
    await expect(rerunRun(as.operator, { runId, stepId: "nowhere" })).rejects.toMatchObject({
      code: "Invalid",
      details: { fields: [{ path: "stepId" }] },
    });
    expect(await countReceipts(as.operator)).toBe(before);
    await cancelRun(as.operator, { runId: open.runId });
    await expect(rerunRun(as.operator, { runId: open.runId, stepId: "first" })).rejects.toMatchObject({
      code: "Invalid",
    });
  });

  it("refuses once another version is published, or none", async () => {
    const { as, runId, workflowId, made } = await failedRun();
    const definition = twoStepDefinition({ steps: STEPS(), description: "Second." }) as never;
    const saved = await saveDraft(as.workflow_author, { workflowId, baseHash: made.contentHash, definition });
    const { versionId, contentHash } = saved;
    await submitVersion(as.workflow_author, { versionId });
    await reviewVersion(as.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
    expect(await rerunRun(as.operator, { runId, stepId: "last" })).toMatchObject({ isNew: true });
    await publishVersion(as.workflow_reviewer, { versionId, contentHash });
    const refused = { code: "PreconditionFailed", details: { reason: "version-not-published" } };
    await expect(rerunRun(as.operator, { runId, stepId: "last" })).rejects.toMatchObject(refused);
    expect((await getRun(as.operator, { runId })).workflow.isPublished).toBe(false);
    await retireWorkflow(as.workflow_reviewer, { workflowId });
    await expect(rerunRun(as.operator, { runId, stepId: "last" })).rejects.toMatchObject(refused);
  });

  it("queues under a pause, and is refused under a kill", async () => {
    const { tenant, as, workflowId, runId } = await failedRun();
    await pauseWorkflow(as.operator, { workflowId, reason: "Look first" });
    expect(await rerunRun(as.operator, { runId, stepId: "last" })).toMatchObject({ isPaused: true });
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).not.toBe("run.started");
    await killWorkflow(as.tenant_admin, { workflowId, reason: "Stop" });
    await expect(rerunRun(as.operator, { runId, stepId: "last" })).rejects.toMatchObject({
      code: "PreconditionFailed",
      details: { reason: "kill-is-on" },
    });
  });

  it("gives one run to many with one key, and refuses the key for another step", async () => {
    const { as, runId } = await failedRun();
    const ask = (stepId: string) => rerunRun(as.operator, { runId, stepId, idempotencyKey: "once" });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => ask("last")));
    expect(new Set(outcomes.map((outcome) => outcome.runId)).size).toBe(1);
    const [one] = outcomes;
    expect((await getRun(as.operator, { runId: one?.runId ?? "" })).steps).toHaveLength(2);
    await expect(ask("double")).rejects.toMatchObject({ code: "Conflict" });
  });
});
