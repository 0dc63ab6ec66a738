import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiKeys } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { createApiKey } from "@/server/api-keys";
import { listHolds, pauseWorkflow, killWorkflow, resumeWorkflow } from "@/server/holds";
import { must } from "@/server/kernel/errors";
import { listMembers, removeMember } from "@/server/members";
import { cancelRun, getRun, releaseRuns, rerunRun, startRun } from "@/server/runs";
import { recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { makePublished } from "@/server/testing/workflows";
import { publishVersion, retireWorkflow, reviewVersion, saveDraft, submitVersion } from "@/server/workflows";
import { listApprovals } from "./index";
import { makeDesk, oneStage } from "./testing/asking-run";

const db = useTestDatabase();
const desk = () => makeDesk(db.database);
type Desk = Awaited<ReturnType<typeof desk>>;

const begun = async (d: Desk) =>
  (await recordedEvents(db.ownerUrl, d.tenant.tenantId)).filter((name) => name === "run.started").length;

/** A run that waits for its approval, and its request. */
async function waiting(d: Desk) {
  const flow = await d.gated();
  const { runId, awaitsApproval } = await startRun(d.as.operator, { workflowId: flow.workflowId });
  expect(awaitsApproval).toBe(true);
  return { ...flow, runId, approval: await d.requestOf(runId) };
}

describe("a start that must be approved", () => {
  it("queues, and nothing asks for its run before it is approved", async () => {
    const d = await desk();
    const { runId, approval } = await waiting(d);
    expect(approval).toMatchObject({ taskId: null, status: "pending", title: "Start a run" });
    expect(await begun(d)).toBe(0);
    expect(await d.run(runId)).toMatchObject({ status: "queued", waitsForPlace: null, waitsFor: null });
    expect(await d.say(d.as.workflow_reviewer, approval)).toMatchObject({ status: "approved", begins: true });
    expect(await begun(d)).toBe(1);
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "succeeded" });
  });

  it("asks once for one idempotency key", async () => {
    const d = await desk();
    const { workflowId } = await d.gated();
    const start = () => startRun(d.as.operator, { workflowId, idempotencyKey: "once" });
    const started = await Promise.all([start(), start(), start()]);
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(await d.requests(must(started[0], "it was started").runId)).toHaveLength(1);
    expect((await start()).awaitsApproval).toBe(true);
  });

  it.each([
    [
      "a rejection",
      "rejected",
      (d: Desk, id: string, hash: string) => d.say(d.as.workflow_reviewer, { id, contentHash: hash }, "rejected"),
    ],
    [
      "its time",
      "expired",
      async (d: Desk, id: string) => {
        await d.runOut(id);
        await d.settle();
      },
    ],
  ] as const)("is cancelled by %s, and says so", async (_what, code, end) => {
    const d = await desk();
    const { runId, approval } = await waiting(d);
    await end(d, approval.id, approval.contentHash);
    expect(await d.run(runId)).toMatchObject({ status: "cancelled", failure: { code } });
    expect(await begun(d)).toBe(0);
    await expect(d.say(d.as.workflow_reviewer, approval)).rejects.toMatchObject({});
  });

  it("is void once another version is published: it cannot be approved, and is cancelled", async () => {
    const d = await desk();
    const { runId, approval, workflowId, contentHash } = await waiting(d);
    const definition = { ...(await d.run(runId)).workflow.definition, description: "Edited meanwhile." };
    const edit = { workflowId, baseHash: contentHash, definition };
    const { versionId, contentHash: edited } = await saveDraft(d.as.workflow_author, edit);
    await submitVersion(d.as.workflow_author, { versionId });
    await reviewVersion(d.as.workflow_reviewer, { versionId, contentHash: edited, verdict: "approved" });
    expect(await d.requestOf(runId)).toMatchObject({ status: "pending" });
    await publishVersion(d.as.workflow_reviewer, { versionId, contentHash: edited });
    await expect(d.say(d.as.workflow_reviewer, approval)).rejects.toMatchObject({
      ...{ code: "Conflict", details: { status: "void" } },
    });
    await d.settle();
    expect(await d.requestOf(runId)).toMatchObject({ status: "void" });
    expect(await d.run(runId)).toMatchObject({ status: "cancelled", failure: { code: "void" } });
  });

  it("is void once the workflow retires", async () => {
    const d = await desk();
    const { runId, workflowId } = await waiting(d);
    await retireWorkflow(d.as.workflow_reviewer, { workflowId });
    await d.settle();
    expect(await d.run(runId)).toMatchObject({ status: "cancelled", failure: { code: "void" } });
  });

  it("16 never begins where its starter was removed", async () => {
    const d = await desk();
    const { runId, approval } = await waiting(d);
    const { rows } = await listMembers(d.as.tenant_admin, {});
    const starter = rows.find(({ userId }) => userId === d.as.operator.principal.id);
    await removeMember(d.as.tenant_admin, { memberId: starter?.id ?? "" });
    expect(await d.say(d.as.workflow_reviewer, approval)).toMatchObject({ status: "approved", begins: false });
    expect(await getRun(d.as.read_only, { runId })).toMatchObject({
      ...{ status: "cancelled", failure: { code: "starter-may-not" } },
    });
    expect(await begun(d)).toBe(0);
  });

  it("16 is refused when approved, where the key that started it was revoked; who made the key cannot approve it", async () => {
    const d = await desk();
    const { workflowId } = await d.gated(oneStage({ role: "tenant_admin" }));
    const key = await createApiKey(d.as.tenant_admin, { name: "Key", roles: ["operator"] });
    const { operator } = d.as;
    const program: TenantContext = {
      ...operator,
      actor: { kind: "api_key", apiKeyId: key.id, name: "Key" },
      principal: { ...operator.principal, kind: "api_key", id: key.id },
    };
    const { runId } = await startRun(program, { workflowId });
    const approval = await d.requestOf(runId);
    await expect(d.say(d.as.tenant_admin, approval)).rejects.toMatchObject({ details: { failed: ["requester"] } });
    await withTenant(d.ctx, (tx) => tx.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, key.id)));
    const other = { ...d.as.workflow_reviewer };
    other.principal = { ...other.principal, roles: ["tenant_admin"] };
    expect(await d.say(other, approval)).toMatchObject({ begins: false });
    expect(await d.run(runId)).toMatchObject({ status: "cancelled", failure: { code: "starter-may-not" } });
  });

  it("queues on under a pause that is on when it is approved, and begins when that is lifted", async () => {
    const d = await desk();
    const { runId, approval, workflowId } = await waiting(d);
    const { holdId } = await pauseWorkflow(d.as.operator, { workflowId, reason: "Why" });
    await releaseRuns(d.ctx, { workflowId: null }, 10);
    expect(await begun(d)).toBe(0);
    await d.say(d.as.workflow_reviewer, approval);
    expect(await begun(d)).toBe(0);
    expect(await d.run(runId)).toMatchObject({ status: "queued", waitsFor: [{ reason: "Why" }] });
    await resumeWorkflow(d.as.operator, { holdId });
    await releaseRuns(d.ctx, { workflowId: null }, 10);
    expect(await begun(d)).toBe(1);
  });

  it("holds up no other start of its workflow under a pause that was lifted", async () => {
    const d = await desk();
    const { workflowId } = await waiting(d);
    const { holdId } = await pauseWorkflow(d.as.operator, { workflowId, reason: "Why" });
    const second = await startRun(d.as.operator, { workflowId });
    await resumeWorkflow(d.as.operator, { holdId });
    expect(await listHolds(d.as.operator, {})).toEqual([]);
    await d.say(d.as.workflow_reviewer, await d.requestOf(second.runId));
    expect(await begun(d)).toBe(1);
  });

  it("is not approved under a kill, nor once it was cancelled", async () => {
    const d = await desk();
    const first = await waiting(d);
    await cancelRun(d.as.operator, { runId: first.runId });
    await expect(d.say(d.as.workflow_reviewer, first.approval)).rejects.toMatchObject({ code: "Conflict" });
    const second = await waiting(d);
    await killWorkflow(d.as.operator, { workflowId: second.workflowId, reason: "Why" });
    await expect(d.say(d.as.workflow_reviewer, second.approval)).rejects.toMatchObject({ code: "PreconditionFailed" });
    expect(await begun(d)).toBe(0);
  });

  it("is asked for the run of a call too: not of who started the caller, and no more once that has ended", async () => {
    const d = await desk();
    const called = await d.gated();
    const calls = (id: string) => ({ id, type: "workflow", workflow: called.slug });
    const fork = { id: "fork", type: "parallel", branches: ["call", "ask"] };
    const ask = { id: "ask", type: "approval", title: "Go on?", stages: oneStage() };
    const caller = await makePublished(d.as, { input: {}, steps: [fork, calls("call"), ask] });
    const { runId } = await startRun(d.as.operator, { workflowId: caller.workflowId });
    await d.turn(runId);
    const { rows } = await listApprovals(d.as.workflow_reviewer, {});
    const start = must(
      rows.find(({ taskId }) => taskId === null),
      "the called run asks",
    );
    const request = await d.requestOf(start.runId);
    expect(request).toMatchObject({ requestedBy: `run:${runId}`, requesters: [d.as.operator.principal.id] });
    await d.say(d.as.workflow_reviewer, await d.requestOf(runId), "rejected");
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "failed" });
    await expect(d.say(d.as.workflow_reviewer, request)).rejects.toMatchObject({ details: { status: "void" } });
    await d.settle();
    expect(await d.run(start.runId)).toMatchObject({ status: "cancelled", failure: { code: "void" } });
  });

  it("is asked for again when the run is repeated", async () => {
    const d = await desk();
    const { runId, approval } = await waiting(d);
    await d.say(d.as.workflow_reviewer, approval);
    await d.turn(runId);
    const again = await rerunRun(d.as.operator, { runId, stepId: "only" });
    expect(again.awaitsApproval).toBe(true);
    expect(await begun(d)).toBe(1);
    await d.say(d.as.workflow_reviewer, await d.requestOf(again.runId));
    expect(await begun(d)).toBe(2);
  });
});
