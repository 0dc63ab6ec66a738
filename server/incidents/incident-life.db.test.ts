import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { listMembers } from "@/server/members";
import { startRun } from "@/server/runs";
import { planlessTenantWith, tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import {
  acknowledgeIncident,
  addTask,
  assignRole,
  finishTask,
  getIncident,
  linkRun,
  listEntries,
  listIncidents,
  moveIncident,
  noteIncident,
  openIncident,
  publishIncident,
  rateIncident,
  tellStakeholders,
} from "./index";

const db = useTestDatabase();
const ROLES = ["operator", "tenant_admin", "workflow_author", "workflow_reviewer", "read_only"] as const;

async function setUp() {
  const { as, tenant } = await tenantWith(db.database, ROLES);
  const { incidentId } = await openIncident(as.workflow_author, { title: "Nothing starts", severity: "sev2" });
  const { rows } = await listMembers(as.tenant_admin, {});
  return { as, tenant, incidentId, member: must(rows[0], "the tenant has members") };
}
type Here = Awaited<ReturnType<typeof setUp>>;
type Caller = Here["as"]["operator"];

/** Every write about an incident, as one call. */
const WRITES: Readonly<Record<string, [receipt: string, call: (ctx: Caller, here: Here) => Promise<unknown>]>> = {
  acknowledge: ["incident.acknowledge", (ctx, { incidentId }) => acknowledgeIncident(ctx, { incidentId })],
  move: [
    "incident.move",
    (ctx, { incidentId }) => moveIncident(ctx, { incidentId, fromStatus: "open", toStatus: "mitigated" }),
  ],
  rate: [
    "incident.rate",
    (ctx, { incidentId }) => rateIncident(ctx, { incidentId, severity: "sev1", reason: "All of it" }),
  ],
  note: ["incident.note", (ctx, { incidentId }) => noteIncident(ctx, { incidentId, text: "Looking." })],
  tell: ["incident.tell", (ctx, { incidentId }) => tellStakeholders(ctx, { incidentId, text: "We are on it." })],
  publish: ["incident.publish", (ctx, { incidentId }) => publishIncident(ctx, { incidentId, isPublic: true })],
  assign: [
    "incident.assign",
    (ctx, { incidentId, member }) => assignRole(ctx, { incidentId, role: "commander", memberId: member.id }),
  ],
  addTask: ["incident.plan", (ctx, { incidentId }) => addTask(ctx, { incidentId, title: "Restart" })],
};

describe("openIncident", () => {
  it("opens one, with receipt, event and timeline, for everybody who works with runs", async () => {
    const { as, tenant, incidentId } = await setUp();
    await expectReceipt(as.operator, "incident.open", `incident:${incidentId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["incident.opened"]);
    expect(await getIncident(as.read_only, { incidentId })).toMatchObject({
      ...{ title: "Nothing starts", status: "open", severity: "sev2", source: "person", alertCount: 0 },
      ...{ next: ["mitigated", "monitoring", "resolved"], why: { note: expect.any(String) as string } },
    });
    expect((await listEntries(as.read_only, { incidentId })).rows).toMatchObject([
      { kind: "opened", source: "person" },
    ]);
  });

  it("refuses a reader and puts that on record", async () => {
    const { as } = await setUp();
    const refused = openIncident(as.read_only, { title: "Mine", severity: "sev1" });
    await expect(refused).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.read_only, "incident.declare");
  });

  it("needs no plan: what is wrong is said, taken on and resolved whatever was paid", async () => {
    const { as } = await planlessTenantWith(db.database, ["operator"]);
    const { incidentId } = await openIncident(as.operator, { title: "Down", severity: "sev1" });
    await acknowledgeIncident(as.operator, { incidentId });
    await moveIncident(as.operator, { incidentId, fromStatus: "open", toStatus: "resolved" });
    expect((await listIncidents(as.operator, { part: "resolved" })).rows).toMatchObject([{ id: incidentId }]);
  });

  it("gives the same one for the same key, also to two at once, and refuses the key for another", async () => {
    const { as } = await setUp();
    const input = { title: "Once", severity: "sev3", idempotencyKey: newId("request") } as const;
    const both = await Promise.all([openIncident(as.operator, input), openIncident(as.operator, input)]);
    expect(new Set(both.map(({ incidentId }) => incidentId)).size).toBe(1);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    await expect(openIncident(as.operator, { ...input, title: "Other" })).rejects.toMatchObject({ code: "Conflict" });
  });

  it("is about a run that the caller may see, and about no other tenant's", async () => {
    const { as, incidentId } = await setUp();
    const { workflowId } = await makePublished(as);
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "1" } });
    await linkRun(as.operator, { incidentId, runId });
    expect(await getIncident(as.operator, { incidentId })).toMatchObject({ runbook: "/docs/runbooks/incident-opened" });
    expect((await getIncident(as.operator, { incidentId })).runs).toMatchObject([{ runId }]);
    const other = await setUp();
    const foreign = openIncident(other.as.operator, { title: "Theirs", severity: "sev4", runId });
    await expect(foreign).rejects.toMatchObject({ code: "NotFound" });
    await expect(linkRun(other.as.operator, { incidentId: other.incidentId, runId })).rejects.toMatchObject({
      code: "NotFound",
    });
  });

  it.each([
    ["without a title", { title: " ", severity: "sev1" }],
    ["of a severity that there is not", { title: "Down", severity: "sev5" }],
    ["with half of a character", { title: "Down", severity: "sev1", summary: "\ud800" }],
    ["with a field that nobody knows", { title: "Down", severity: "sev1", status: "closed" }],
  ])("refuses one %s", async (_title, input) => {
    const { as } = await setUp();
    await expect(openIncident(as.operator, input as never)).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe.each(Object.entries(WRITES))("%s", (_name, [receipt, write]) => {
  let here: Here;
  beforeEach(async () => {
    here = await setUp();
  });

  it("does it, with an entry and a receipt", async () => {
    const { as, incidentId } = here;
    await write(as.operator, here);
    await expectReceipt(as.operator, receipt, `incident:${incidentId}`);
    expect((await listEntries(as.operator, { incidentId })).rows).toHaveLength(2);
  });

  it("refuses a reader and leaves nothing", async () => {
    const { as, incidentId } = here;
    const before = await countReceipts(as.operator);
    await expect(write(as.read_only, here)).rejects.toMatchObject({ code: "Forbidden" });
    expect(await countReceipts(as.operator)).toBe(before);
    expect((await listEntries(as.operator, { incidentId })).rows).toHaveLength(1);
  });

  it("finds no other tenant's incident", async () => {
    const other = await setUp();
    const foreign = write(here.as.operator, { ...here, incidentId: other.incidentId });
    await expect(foreign).rejects.toMatchObject({ code: "NotFound", message: "No such incident." });
  });
});

describe("two at once", () => {
  it.each(["acknowledge", "move", "rate", "publish", "assign"])("%s: the second gets a conflict", async (name) => {
    const here = await setUp();
    const [, write] = must(WRITES[name], "it is a write");
    const both = await Promise.allSettled([write(here.as.operator, here), write(here.as.tenant_admin, here)]);
    const refused = both.filter((one) => one.status === "rejected");
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(["Conflict"]);
  });

  it("a task is finished once", async () => {
    const { as, incidentId } = await setUp();
    const { taskId } = await addTask(as.operator, { incidentId, title: "Restart" });
    const both = await Promise.allSettled([
      ...[finishTask(as.operator, { taskId, isDone: true }), finishTask(as.tenant_admin, { taskId, isDone: true })],
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await getIncident(as.operator, { incidentId })).tasks).toMatchObject([
      { title: "Restart", doneAt: expect.any(String) as string },
    ]);
  });
});

describe("the life of an incident", () => {
  it("goes by the table, and says where one can go", async () => {
    const { as, incidentId } = await setUp();
    const go = (fromStatus: "open" | "resolved", toStatus: "closed" | "resolved" | "open") =>
      moveIncident(as.operator, { incidentId, fromStatus, toStatus });
    await expect(go("open", "closed")).rejects.toMatchObject({
      ...{ code: "PreconditionFailed", details: { next: ["mitigated", "monitoring", "resolved"] } },
    });
    await go("open", "resolved");
    await expect(acknowledgeIncident(as.operator, { incidentId })).rejects.toMatchObject({
      code: "PreconditionFailed",
    });
    await go("resolved", "closed");
    expect((await listIncidents(as.operator, {})).rows).toEqual([]);
    expect((await listIncidents(as.operator, { part: "closed", text: "starts" })).rows).toMatchObject([
      { id: incidentId },
    ]);
    expect((await listIncidents(as.operator, { part: "all", severity: "sev1" })).rows).toEqual([]);
  });
});
