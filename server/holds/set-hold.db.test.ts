import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { getRun, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import { getSwitchboard } from "@/server/switchboard";
import { killTenant, killWorkflow, listHolds, pauseTenant, pauseWorkflow } from "./index";

const db = useTestDatabase();
const people = () => tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "read_only"]);
const input = { order: "A-1" };
const reason = "The target charges twice";

const SETTERS = [
  ["workflow.kill", killWorkflow, "kill"],
  ["workflow.pause", pauseWorkflow, "pause"],
  ["tenant.kill", killTenant, "kill"],
  ["tenant.pause", pauseTenant, "pause"],
] as const;

describe.each(SETTERS)("%s", (action, verb, kind) => {
  const isOfWorkflow = action.startsWith("workflow.");
  const call = (ctx: Parameters<typeof killTenant>[0], workflowId: string) =>
    (verb as typeof killWorkflow)(ctx, { ...(isOfWorkflow ? { workflowId } : {}), reason } as never);

  it("sets a hold that everybody sees, with receipt and event", async () => {
    const { tenant, as } = await people();
    const { workflowId } = await makePublished(as);
    const { holdId } = await call(as.operator, workflowId);
    await expectReceipt(as.operator, action, isOfWorkflow ? `workflow:${workflowId}` : `tenant:${tenant.tenantId}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("hold.set");
    const on = await listHolds(as.read_only, {});
    expect(on).toMatchObject([{ id: holdId, kind, scope: isOfWorkflow ? "workflow" : "tenant", reason }]);
    expect(on[0]?.setByName).toBe(as.operator.actor.kind === "user" ? as.operator.actor.email.split("@")[0] : "");
    expect((await getSwitchboard(as.read_only, {})).holds).toEqual(on);
  });

  it("refuses a role that does not operate", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const before = await countReceipts(as.read_only);
    await expect(call(as.workflow_author, workflowId)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.workflow_author, action);
    expect(await countReceipts(as.read_only)).toBe(before);
  });

  it("refuses to say nothing about why", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const silent = { ...(isOfWorkflow ? { workflowId } : {}), reason: "  " } as never;
    await expect((verb as typeof killWorkflow)(as.operator, silent)).rejects.toMatchObject({
      code: "Invalid",
      details: { fields: [{ path: "reason" }] },
    });
  });

  it("is set by one of two who race, and the other gets a conflict", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const outcomes = await Promise.allSettled([call(as.operator, workflowId), call(as.operator, workflowId)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
    expect(await listHolds(as.operator, {})).toHaveLength(1);
  });
});

describe.each([
  ["workflow.kill", killWorkflow],
  ["workflow.pause", pauseWorkflow],
] as const)("%s", (_action, verb) => {
  it("answers another tenant's workflow as one that never was", async () => {
    const [mine, theirs] = [await people(), await people()];
    const { workflowId } = await makePublished(theirs.as);
    const foreign = await verb(mine.as.operator, { workflowId, reason }).catch(String);
    expect(foreign).toBe(await verb(mine.as.operator, { workflowId: newId("workflow"), reason }).catch(String));
    expect(foreign).toContain("NotFound");
  });
});

describe("a start", () => {
  it.each([
    ["workflow", killWorkflow],
    ["tenant", killTenant],
  ] as const)("is refused under a kill of its %s, and that of nobody else", async (scope, verb) => {
    const [mine, theirs] = [await people(), await people()];
    const [killed, other, foreign] = [
      await makePublished(mine.as),
      await makePublished(mine.as),
      await makePublished(theirs.as),
    ];
    await (verb as typeof killWorkflow)(mine.as.operator, {
      ...(scope === "workflow" ? { workflowId: killed.workflowId } : {}),
      reason,
    } as never);
    const start = startRun(mine.as.operator, { workflowId: killed.workflowId, input });
    await expect(start).rejects.toMatchObject({ code: "PreconditionFailed", details: { reason: "kill-is-on" } });
    const beside = startRun(mine.as.operator, { workflowId: other.workflowId, input });
    if (scope === "tenant") await expect(beside).rejects.toMatchObject({ code: "PreconditionFailed" });
    else expect(await beside).toMatchObject({ isNew: true, isPaused: false });
    await startRun(theirs.as.operator, { workflowId: foreign.workflowId, input });
  });

  it("queues under a pause, says why, and is asked for by no event", async () => {
    const { tenant, as } = await people();
    const { workflowId } = await makePublished(as);
    await pauseWorkflow(as.operator, { workflowId, reason });
    const { runId, isPaused } = await startRun(as.operator, { workflowId, input, idempotencyKey: "one" });
    expect(isPaused).toBe(true);
    expect(await startRun(as.operator, { workflowId, input, idempotencyKey: "one" })).toEqual({
      ...{ runId, isNew: false, isPaused: true, awaitsApproval: false },
    });
    await pauseTenant(as.operator, { reason: "Year's end" });
    expect(await getRun(as.read_only, { runId })).toMatchObject({
      status: "queued",
      waitsFor: [
        { scope: "workflow", reason },
        { scope: "tenant", reason: "Year's end" },
      ],
    });
    expect((await getSwitchboard(as.read_only, {})).runs).toMatchObject([{ id: runId, isPaused: true }]);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).not.toContain("run.started");
  });
});
