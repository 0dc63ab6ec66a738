import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { killWorkflow } from "@/server/holds";
import { removeMember, listMembers } from "@/server/members";
import { killRun, startRun } from "@/server/runs";
import { memberContext } from "@/server/testing/actors";
import { expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { getApproval, listApprovals } from "./index";
import { makeDesk, oneStage } from "./testing/asking-run";

const db = useTestDatabase();
const desk = () => makeDesk(db.database);

describe("an approval step", () => {
  it("asks once, with receipt and event, however often its run is looked at", async () => {
    const d = await desk();
    const { runId, contentHash } = await d.asking();
    for (let look = 0; look < 3; look += 1)
      expect(await d.turn(runId)).toMatchObject({ kind: "rest", due: null, isAwaiting: true });
    const requests = await d.requests(runId);
    expect(requests).toMatchObject([
      {
        taskId: "gate",
        title: "Ship A-1?",
        details: "By air.",
        status: "pending",
        role: "workflow_reviewer",
        contentHash,
      },
    ]);
    await expectReceipt(d.as.operator, "approval.request", `approval:${requests[0]?.id}`);
    const events = await recordedEvents(db.ownerUrl, d.tenant.tenantId);
    expect(events.filter((name) => name === "approval.asked")).toHaveLength(1);
  });

  it("goes on with who approved it", async () => {
    const d = await desk();
    const { runId, approval } = await d.asking();
    const said = await d.say(d.as.workflow_reviewer, approval);
    expect(said).toEqual({ approvalId: approval.id, status: "approved", begins: true });
    await expectReceipt(d.as.operator, "approval.decide", `approval:${approval.id}`);
    const events = await recordedEvents(db.ownerUrl, d.tenant.tenantId);
    expect(events.slice(-2).sort()).toEqual(["approval.ended", "run.woken"]);
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "succeeded" });
    const approvedBy = [{ user_id: d.as.workflow_reviewer.principal.id, stage: 1, comment: "Because." }];
    expect((await d.run(runId)).output).toEqual({ approval_id: approval.id, approved_by: approvedBy });
  });

  it("fails by a rejection, with its comment", async () => {
    const d = await desk();
    const { runId, approval } = await d.asking();
    await d.say(d.as.workflow_reviewer, approval, "rejected", { comment: "Too dear." });
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "failed" });
    expect((await d.run(runId)).failure).toEqual({
      ...{ code: "rejected", message: "Step gate: It was rejected: Too dear." },
    });
  });

  it("fails by a rejection in a for-each that goes on, for that item alone", async () => {
    const d = await desk();
    const gate = { id: "gate", type: "approval", title: "Item {{ item }}?", stages: oneStage() };
    const each = { id: "each", type: "for-each", items: '["a", "b"]', body: "gate", on_error: "continue" };
    const { runId } = await d.asking(oneStage(), { steps: [each, gate] });
    const requests = await d.requests(runId);
    const of = (taskId: string) => requests.find((request) => request.taskId === taskId) ?? { id: "", contentHash: "" };
    expect(requests.map(({ title }) => title).sort()).toEqual(["Item a?", "Item b?"]);
    await d.say(d.as.workflow_reviewer, of("gate[0]"), "rejected");
    await d.say(d.as.workflow_reviewer, of("gate[1]"));
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "succeeded" });
    expect(JSON.stringify((await d.run(runId)).output)).toMatch(/rejected.*approved_by/);
  });

  it("fails where its title has no value in the run, and asks nobody", async () => {
    const d = await desk();
    const read = { id: "read", type: "transform", expression: "{}", next: "gate" };
    const gate = { id: "gate", type: "approval", title: "{{ steps.read.output.gone }}", stages: oneStage() };
    const { workflowId } = await makePublished(d.as, { input: {}, steps: [read, gate] });
    const { runId } = await startRun(d.as.operator, { workflowId });
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "failed" });
    expect((await d.run(runId)).failure?.code).toBe("template");
    expect(await d.requests(runId)).toEqual([]);
  });

  it("fails once a stage has expired, and nobody decides about it from that moment on", async () => {
    const d = await desk();
    const { runId, approval } = await d.asking();
    await d.runOut(approval.id);
    await expect(d.say(d.as.workflow_reviewer, approval)).rejects.toMatchObject({ code: "Conflict" });
    expect(await getApproval(d.as.workflow_reviewer, { approvalId: approval.id })).toMatchObject({
      ...{ status: "expired", whyNot: "This request has expired." },
    });
    expect(await d.settle()).toBe(true);
    await expectReceipt(d.as.operator, "approval.end", `approval:${approval.id}`);
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "failed" });
    expect((await d.run(runId)).failure).toMatchObject({ code: "expired" });
  });

  it("is void once its run was killed: nobody decides about it, whether that is on record yet or not", async () => {
    const d = await desk();
    const { runId, approval } = await d.asking();
    await killRun(d.as.operator, { runId });
    await expect(d.say(d.as.workflow_reviewer, approval)).rejects.toMatchObject({ code: "Conflict" });
    expect((await listApprovals(d.as.workflow_reviewer, {})).rows).toEqual([]);
    await d.settle();
    expect(await d.requestOf(runId)).toMatchObject({ status: "void" });
    await expect(d.say(d.as.workflow_reviewer, approval)).rejects.toMatchObject({ code: "Conflict" });
  });

  it("cannot be approved while a kill is on, also before the kill has ended the run", async () => {
    const d = await desk();
    const { approval, workflowId } = await d.asking();
    await killWorkflow(d.as.operator, { workflowId, reason: "Why" });
    await expect(d.say(d.as.workflow_reviewer, approval)).rejects.toMatchObject({
      ...{ code: "PreconditionFailed", details: { reason: "kill-is-on" } },
    });
  });

  it("can be approved though whoever started its run was removed meanwhile", async () => {
    const d = await desk();
    const { runId, approval } = await d.asking();
    const { rows } = await listMembers(d.as.tenant_admin, {});
    const starter = rows.find(({ userId }) => userId === d.as.operator.principal.id);
    await removeMember(d.as.tenant_admin, { memberId: starter?.id ?? "" });
    await d.say(d.as.workflow_reviewer, approval);
    expect(await d.turn(runId)).toEqual({ kind: "ended", status: "succeeded" });
  });
});

describe("decideApproval", () => {
  it("asks stage after stage, and counts each person once", async () => {
    const d = await desk();
    const both = await memberContext(db.database, d.tenant, { roles: ["workflow_reviewer", "tenant_admin"] });
    const stages = [...oneStage({ quorum: 2 }), ...oneStage({ role: "tenant_admin", expires_hours: 5 })];
    const { approval, runId } = await d.asking(stages);
    await expect(d.say(d.as.tenant_admin, approval)).rejects.toMatchObject({ details: { failed: ["asked"] } });
    expect(await d.say(both, approval)).toMatchObject({ status: "pending" });
    await expect(d.say(both, approval)).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["voter"] } });
    expect(await d.say(d.as.workflow_reviewer, approval)).toMatchObject({ status: "pending" });
    expect(await d.requestOf(runId)).toMatchObject({ stage: 1, role: "tenant_admin" });
    await expect(d.say(both, approval)).rejects.toMatchObject({ details: { failed: ["voter"] } });
    expect(await d.say(d.as.tenant_admin, approval)).toMatchObject({ status: "approved" });
  });

  it("10 16 refuses who wrote it and who asked for it", async () => {
    const d = await desk();
    const twice = (ctx: TenantContext): TenantContext => ({
      ...ctx,
      principal: { ...ctx.principal, roles: [...ctx.principal.roles, "workflow_reviewer"] },
    });
    const { approval, runId } = await d.asking();
    await expect(d.say(twice(d.as.workflow_author), approval)).rejects.toMatchObject({
      details: { failed: ["contributor"] },
    });
    await expectDenial(d.as.workflow_author, "approval.decide");
    await expect(d.say(twice(d.as.operator), approval)).rejects.toMatchObject({ details: { failed: ["requester"] } });
    expect(await d.requestOf(runId)).toMatchObject({ status: "pending" });
  });

  it.each([
    ["api_key", (ctx: TenantContext) => ({ kind: "api_key" as const, apiKeyId: newId("apiKey"), name: ctx.requestId })],
    [
      "trigger",
      (ctx: TenantContext) => ({ kind: "trigger" as const, triggerId: newId("trigger"), name: ctx.requestId }),
    ],
  ] as const)("refuses an %s, whatever its role", async (kind, actorOf) => {
    const d = await desk();
    const { approval } = await d.asking();
    const reviewer = d.as.workflow_reviewer;
    const program = { ...reviewer, actor: actorOf(reviewer), principal: { ...reviewer.principal, kind } };
    await expect(d.say(program, approval)).rejects.toMatchObject({ details: { failed: ["person"] } });
    expect((await listApprovals(program, {})).rows).toEqual([]);
  });

  it("refuses a lesser clearance, and shows the request to nobody who has one", async () => {
    const d = await desk();
    const attributes = {
      ...{ environment: "dev", region: "eu", risk_profile: "low", business_unit: "general" },
      data_sensitivity: "internal",
    };
    const low = await memberContext(db.database, d.tenant, { roles: ["workflow_reviewer"], clearance: "public" });
    const { approval } = await d.asking(oneStage(), { attributes });
    await expect(d.say(low, approval)).rejects.toMatchObject({ details: { failed: ["cleared"] } });
    await expect(getApproval(low, { approvalId: approval.id })).rejects.toMatchObject({ code: "Forbidden" });
    for (const tab of ["mine", "others", "decided"] as const)
      expect((await listApprovals(low, { tab })).rows).toEqual([]);
  });

  it("refuses what was read of another definition, and a rejection that does not say why", async () => {
    const d = await desk();
    const { approval } = await d.asking();
    const contentHash = `sha256:${"0".repeat(64)}`;
    const other = d.say(d.as.workflow_reviewer, { id: approval.id, contentHash });
    await expect(other).rejects.toMatchObject({ code: "Conflict" });
    const silent = d.say(d.as.workflow_reviewer, approval, "rejected", { comment: " " });
    await expect(silent).rejects.toMatchObject({ code: "Invalid" });
  });

  it("answers another tenant's request as one that never was", async () => {
    const [mine, theirs] = [await desk(), await desk()];
    const { approval } = await theirs.asking();
    const foreign = await mine.say(mine.as.workflow_reviewer, approval).catch(String);
    const missing = await mine.say(mine.as.workflow_reviewer, { ...approval, id: newId("approval") }).catch(String);
    expect(foreign).toBe(missing);
    expect(foreign).toContain("NotFound");
  });

  it("takes one of two decisions that race", async () => {
    const d = await desk();
    const other = await memberContext(db.database, d.tenant, { roles: ["workflow_reviewer"] }, systemClock);
    const { approval } = await d.asking();
    const said = await Promise.allSettled([
      d.say(d.as.workflow_reviewer, approval),
      d.say(other, approval, "rejected"),
    ]);
    expect(said.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(said.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
  });

  it("takes a decision or a kill, and never both", async () => {
    const d = await desk();
    for (let round = 0; round < 5; round += 1) {
      const { approval, runId } = await d.asking();
      const [said] = await Promise.allSettled([
        d.say(d.as.workflow_reviewer, approval),
        killRun(d.as.operator, { runId }),
      ]);
      await d.turn(runId);
      await d.settle();
      const ends = [said.status, (await d.requestOf(runId)).status, (await d.run(runId)).status];
      expect([
        ["fulfilled", "approved", "killed"],
        ["rejected", "void", "killed"],
      ]).toContainEqual(ends);
    }
  });
});

describe("listApprovals", () => {
  it("shows first what one can decide, apart from what waits for others and what is over", async () => {
    const d = await desk();
    const open = await d.asking();
    const over = await d.asking();
    await d.say(d.as.workflow_reviewer, over.approval);
    const seen = async (who: TenantContext) => {
      const tabs = (["mine", "others", "decided"] as const).map((tab) => listApprovals(who, { tab }));
      return (await Promise.all(tabs)).map(({ rows }) => rows.map(({ id }) => id));
    };
    const [opened, closed] = [open.approval.id, over.approval.id];
    expect(await seen(d.as.workflow_reviewer)).toEqual([[opened], [], [closed]]);
    expect(await seen(d.as.operator)).toEqual([[], [opened], [closed]]);
    expect(await seen(d.as.workflow_author)).toEqual([[], [opened], [closed]]);
    const found = await listApprovals(d.as.workflow_reviewer, { text: "ship a-1" });
    expect(found.rows).toMatchObject([{ id: opened, stage: 1, stages: 1, given: 0, quorum: 1, status: "pending" }]);
    expect((await listApprovals(d.as.workflow_reviewer, { text: "100%" })).rows).toEqual([]);
  });
});
