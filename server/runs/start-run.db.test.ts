import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { overridePlan } from "@/server/entitlements";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { ATTRIBUTES, twoStepDefinition } from "@/server/testing/definitions";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makeDraft, makePublished } from "@/server/testing/workflows";
import { publishVersion, reviewVersion, saveDraft, submitVersion } from "@/server/workflows";
import { cancelRun, getRun, killRun, startRun } from "./index";

const db = useTestDatabase();
const people = () => tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "read_only"]);
const input = { order: "A-1" };

describe("startRun", () => {
  it("queues a run of the published version and leaves receipt and event", async () => {
    const { tenant, as } = await people();
    const { workflowId } = await makePublished(as);
    const { runId } = await startRun(as.operator, { workflowId, input });
    await expectReceipt(as.operator, "run.start", `run:${runId}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("run.started");
    expect(await getRun(as.read_only, { runId })).toMatchObject({ status: "queued", input, steps: [] });
  });

  it("asks first whom the tenant's pack asks", async () => {
    const { tenant, as } = await people();
    const attributes = { ...ATTRIBUTES, environment: "prod", risk_profile: "critical" };
    const { workflowId, versionId, contentHash } = await makeDraft(as.workflow_author, { attributes });
    await submitVersion(as.workflow_author, { versionId });
    const second = await memberContext(db.database, tenant, { roles: ["workflow_reviewer"] });
    for (const reviewer of [as.workflow_reviewer, second])
      await reviewVersion(reviewer, { versionId, contentHash, verdict: "approved" });
    await publishVersion(as.workflow_reviewer, { versionId, contentHash });
    const { runId, awaitsApproval } = await startRun(as.operator, { workflowId, input });
    expect(awaitsApproval).toBe(true);
    expect(await getRun(as.operator, { runId })).toMatchObject({ status: "queued", asks: [{ title: "Start a run" }] });
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).not.toContain("run.started");
  });

  it("starts nothing in a tenant whose plan has ended, and says how long it may be exported", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const plan = { plan: "pro" as const, addOns: [], moreSeats: 0, reason: "A pilot" };
    await overridePlan(as.operator, { ...plan, expiresAt: new Date(Date.now() + 60_000) });
    await startRun(as.operator, { workflowId, input });
    const later = { ...as.operator, clock: fixedClock(new Date(Date.now() + 3_600_000)) };
    const before = await countReceipts(as.operator);
    await expect(startRun(later, { workflowId, input })).rejects.toMatchObject({
      ...{ code: "NotEntitled", details: { feature: "runs", why: "read-only" } },
      message: expect.stringContaining("can be exported until") as string,
    });
    expect(await countReceipts(as.operator)).toBe(before);
  });

  it("refuses a role that does not run", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    await expect(startRun(as.read_only, { workflowId, input })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.read_only, "run.start");
  });

  it("lets an author try a low risk workflow in dev, and refuses it in prod", async () => {
    const { as } = await people();
    const attributes = { region: "eu", business_unit: "general", data_sensitivity: "internal" };
    const dev = await makePublished(as);
    await startRun(as.workflow_author, { workflowId: dev.workflowId, input });
    const prod = await makePublished(as, { attributes: { ...attributes, environment: "prod", risk_profile: "low" } });
    await expect(startRun(as.workflow_author, { workflowId: prod.workflowId, input })).rejects.toMatchObject({
      code: "Forbidden",
      details: { failed: ["environment"], whoCould: ["operator"] },
    });
  });

  it("refuses a workflow that is not published", async () => {
    const { as } = await people();
    const { workflowId } = await makeDraft(as.workflow_author);
    await expect(startRun(as.operator, { workflowId, input })).rejects.toMatchObject({ code: "PreconditionFailed" });
  });

  it.each([
    [{}, "input.order"],
    [{ order: 7 }, "input.order"],
    [{ order: "A", extra: true }, "input.extra"],
  ])("refuses the input %j at the field", async (bad, path) => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const before = await countReceipts(as.operator);
    await expect(startRun(as.operator, { workflowId, input: bad })).rejects.toMatchObject({
      code: "Invalid",
      details: { fields: [{ path }] },
    });
    expect(await countReceipts(as.operator)).toBe(before);
  });

  it("refuses a key with another class, and not because the workflow's own has changed", async () => {
    const { as } = await people();
    const flow = await makePublished(as);
    const { workflowId } = flow;
    const start = (key: string, over: { executionClass?: "bulk" | "low" | "standard" } = {}) =>
      startRun(as.operator, { workflowId, input, idempotencyKey: key, ...over });
    const refused = { code: "Conflict", details: { field: "idempotencyKey" } };
    const plain = await start("plain");
    await expect(start("plain", { executionClass: "low" })).rejects.toMatchObject(refused);
    expect(await start("plain", { executionClass: "standard" })).toMatchObject({ runId: plain.runId, isNew: false });
    const low = await start("low", { executionClass: "low" });
    await expect(start("low")).rejects.toMatchObject(refused);
    await expect(start("low", { executionClass: "bulk" })).rejects.toMatchObject(refused);
    const definition = twoStepDefinition({ execution_class: "bulk" }) as never;
    const draft = await saveDraft(as.workflow_author, { workflowId, baseHash: flow.contentHash, definition });
    const { versionId, contentHash } = draft;
    await submitVersion(as.workflow_author, { versionId });
    await reviewVersion(as.workflow_reviewer, { versionId, contentHash, verdict: "approved" });
    await publishVersion(as.workflow_reviewer, { versionId, contentHash });
    expect(await start("plain")).toMatchObject({ runId: plain.runId, isNew: false });
    expect(await start("low", { executionClass: "low" })).toMatchObject({ runId: low.runId, isNew: false });
    await expect(start("plain", { executionClass: "low" })).rejects.toMatchObject(refused);
  });

  it("gives one run to many starts with one idempotency key, and refuses the key with another input", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const start = () => startRun(as.operator, { workflowId, input, idempotencyKey: "once" });
    const outcomes = await Promise.all(Array.from({ length: 10 }, start));
    expect(new Set(outcomes.map(({ runId }) => runId)).size).toBe(1);
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
    const other = startRun(as.operator, { workflowId, input: { order: "B-2" }, idempotencyKey: "once" });
    await expect(other).rejects.toMatchObject({ code: "Conflict" });
  });

  it("answers another tenant's workflow as one that never was", async () => {
    const [mine, theirs] = [await people(), await people()];
    const { workflowId } = await makePublished(theirs.as);
    const foreign = await startRun(mine.as.operator, { workflowId, input }).catch(String);
    const missing = await startRun(mine.as.operator, { workflowId: newId("workflow"), input }).catch(String);
    expect(foreign).toBe(missing);
    expect(foreign).toContain("NotFound");
  });
});

describe("killRun and cancelRun", () => {
  it("end a run once, with receipt and event; the second caller gets a conflict", async () => {
    const { tenant, as } = await people();
    const { workflowId } = await makePublished(as);
    const { runId } = await startRun(as.operator, { workflowId, input });
    const outcomes = await Promise.allSettled([
      killRun(as.operator, { runId, reason: "wrong order" }),
      cancelRun(as.operator, { runId }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("run.stopped");
  });

  it("refuse a role that does not operate", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const { runId } = await startRun(as.operator, { workflowId, input });
    await expect(killRun(as.workflow_author, { runId })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.workflow_author, "run.kill");
  });

  it("answer another tenant's run as one that never was", async () => {
    const [mine, theirs] = [await people(), await people()];
    const { workflowId } = await makePublished(theirs.as);
    const { runId } = await startRun(theirs.as.operator, { workflowId, input });
    for (const verb of [killRun, cancelRun, getRun])
      await expect(verb(mine.as.operator, { runId })).rejects.toMatchObject({ code: "NotFound" });
  });
});
