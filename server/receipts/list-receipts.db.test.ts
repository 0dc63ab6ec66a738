import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { createApiKey } from "@/server/api-keys";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { inviteMember, listMembers, removeMember } from "@/server/members";
import { startRun } from "@/server/runs";
import { updateTenant } from "@/server/tenants";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { twoStepDefinition } from "@/server/testing/definitions";
import { makePublished } from "@/server/testing/workflows";
import { saveDraft } from "@/server/workflows";
import { listReceipts } from "./index";

const db = useTestDatabase();
const START = new Date("2026-03-01T09:00:00.000Z");

/** A tenant in which three people did things, an hour after one another. */
async function setUp() {
  const clock = fixedClock(START);
  const roles = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"] as const;
  const { tenant, as } = await tenantWith(db.database, roles, clock);
  const flow = await makePublished(as, { name: "Close the books" });
  clock.advance(3_600_000);
  const { runId } = await startRun(as.operator, { workflowId: flow.workflowId, input: { order: "1" } });
  clock.advance(3_600_000);
  await updateTenant(as.tenant_admin, { name: "Renamed" });
  return { tenant, as, flow, runId, clock };
}

type Filters = Parameters<typeof listReceipts>[1];
const actionsOf = async (ctx: Parameters<typeof listReceipts>[0], filters: Filters) =>
  (await listReceipts(ctx, filters)).rows.map(({ action }) => action);
const nameOf = ({ actor }: { actor: { kind: string } }) => ("email" in actor ? String(actor.email) : "");

describe("listReceipts", () => {
  it("says who did what to which thing, in names", async () => {
    const { as, runId } = await setUp();
    const { rows } = await listReceipts(as.operator, { action: "run.start" });
    expect(rows).toMatchObject([
      { subject: `run:${runId}`, subjectName: "Close the books", subjectPath: `runs/${runId}`, seq: 5 },
    ]);
    expect(nameOf(as.operator)).toContain(must(rows[0]?.actorName, "the operator has a name"));
    const [published] = (await listReceipts(as.operator, { action: "workflow.publish" })).rows;
    expect(published?.subjectName).toBe("Close the books, version 1");
  });

  it("finds the acts of a person by a part of their name or address, and by exact reference", async () => {
    const { as } = await setUp();
    const mail = nameOf(as.operator);
    expect(await actionsOf(as.tenant_admin, { person: mail.slice(0, 12).toUpperCase() })).toEqual(["run.start"]);
    const actor = `user:${as.operator.principal.id}`;
    expect(await actionsOf(as.tenant_admin, { actor })).toEqual(["run.start"]);
    expect(await actionsOf(as.tenant_admin, { person: "%" })).toEqual([]);
  });

  it("still finds, and still names, somebody who was removed", async () => {
    const { as } = await setUp();
    const mail = nameOf(as.operator);
    const { rows } = await listMembers(as.tenant_admin, { text: mail });
    const memberId = must(rows[0], "the operator is a member").id;
    await removeMember(as.tenant_admin, { memberId });
    expect(await actionsOf(as.tenant_admin, { person: mail })).toEqual(["run.start"]);
    const about = await listReceipts(as.tenant_admin, { thing: mail });
    expect(about.rows).toMatchObject([{ action: "member.remove", subject: `member:${memberId}`, subjectPath: null }]);
    expect(mail).toContain(must(about.rows[0]?.subjectName, "the removed member has a name"));
  });

  it("finds what was done to a workflow with its versions and runs, by name or by pasted id", async () => {
    const { as, flow, runId } = await setUp();
    expect(await actionsOf(as.operator, { thing: "close THE" })).toEqual([
      ...["run.start", "workflow.publish", "workflow.review", "workflow.submit", "workflow.create"],
    ]);
    expect(await actionsOf(as.operator, { thing: runId })).toEqual(["run.start"]);
    expect(await actionsOf(as.operator, { thing: `workflow:${flow.workflowId}` })).toEqual(["workflow.create"]);
    expect(await actionsOf(as.operator, { thing: "no such thing" })).toEqual([]);
  });

  it("finds invitations and keys by what they are called", async () => {
    const { as } = await setUp();
    await inviteMember(as.tenant_admin, { email: "guest@example.test", roles: ["read_only"] });
    await createApiKey(as.tenant_admin, { name: "Nightly import", roles: ["operator"] });
    expect(await actionsOf(as.operator, { thing: "guest@" })).toEqual(["member.invite"]);
    expect(await actionsOf(as.operator, { thing: "nightly" })).toEqual(["api_key.create"]);
  });

  it("narrows to a stretch of time that leaves its end out", async () => {
    const { as } = await setUp();
    const hour = (number: number) => new Date(START.getTime() + number * 3_600_000).toISOString();
    expect(await actionsOf(as.operator, { from: hour(1), to: hour(2) })).toEqual(["run.start"]);
    expect(await actionsOf(as.operator, { from: hour(2) })).toEqual(["tenant.update"]);
    await expect(listReceipts(as.operator, { from: "0000-01-01T00:00:00Z" })).rejects.toMatchObject({
      code: "Invalid",
    });
  });

  it("keeps its filters from page to page", async () => {
    const { as } = await setUp();
    const first = await listReceipts(as.operator, { thing: "close", limit: 2 });
    expect(first.rows.map(({ seq }) => seq)).toEqual([5, 4]);
    const before = must(first.nextBefore, "there is another page");
    const rest = await listReceipts(as.operator, { thing: "close", limit: 100, before });
    expect(rest.rows.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(rest.nextBefore).toBeNull();
  });

  it("does not name, nor find by name, what lies above the caller's clearance", async () => {
    const { tenant, as, flow } = await setUp();
    const { attributes, ...rest } = twoStepDefinition({ name: "Secret merger" });
    const definition = {
      ...rest,
      attributes: { ...(attributes as object), data_sensitivity: "confidential" },
    } as never;
    await saveDraft(as.workflow_author, { workflowId: flow.workflowId, baseHash: flow.contentHash, definition });
    const hidden = await makePublished(as, definition);
    const junior = await memberContext(db.database, tenant, { roles: ["read_only"], clearance: "internal" });
    const { rows } = await listReceipts(junior, { subject: `workflow:${hidden.workflowId}` });
    expect(rows).toMatchObject([{ action: "workflow.create", subjectName: null, subjectPath: null }]);
    expect(JSON.stringify(await listReceipts(junior, {}))).not.toContain("Secret merger");
    expect(await actionsOf(junior, { thing: "merger" })).toEqual([]);
    expect(await actionsOf(as.operator, { thing: "merger" })).not.toEqual([]);
  });

  it("knows nobody and nothing of another tenant", async () => {
    const [mine, theirs] = [await setUp(), await setUp()];
    expect(await actionsOf(mine.as.operator, { person: nameOf(theirs.as.operator) })).toEqual([]);
    expect(await actionsOf(mine.as.operator, { actor: `user:${theirs.as.operator.principal.id}` })).toEqual([]);
    expect(await actionsOf(mine.as.operator, { thing: theirs.runId })).toEqual([]);
    expect(await actionsOf(mine.as.operator, { thing: newId("run") })).toEqual([]);
  });
});
