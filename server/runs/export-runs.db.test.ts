import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { actorRef } from "@/server/kernel/actor";
import { newId } from "@/server/kernel/ids";
import { listReceipts } from "@/server/receipts";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { countReceipts, expectReceipt } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import { exportRuns, listRuns, startRun } from "./index";

const db = useTestDatabase();
const people = () => tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "read_only"]);
const input = { order: "A-1" };

describe("exportRuns", () => {
  it("counts what the filter lets through, and puts it on record", async () => {
    const { tenant, as } = await people();
    const { workflowId } = await makePublished(as);
    for (const who of [as.operator, as.operator, as.workflow_author]) await startRun(who, { workflowId, input });
    const from = "2020-01-01T00:00:00.000Z";
    const told = await exportRuns(as.read_only, { status: "queued", startedBy: actorRef(as.operator.actor), from });
    expect(told).toMatchObject({ rows: 2, isCut: false });
    await expectReceipt(as.read_only, "run.export", `tenant:${tenant.tenantId}`);
    const { rows } = await listReceipts(as.read_only, { action: "run.export" });
    expect(rows[0]).toMatchObject({
      actor: actorRef(as.read_only.actor),
      body: { detail: { rows: 2, isCut: false, filter: { status: "queued", from } } },
    });
  });

  it("holds no run that is asked for later, so that its pages add up", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    await startRun(as.operator, { workflowId, input });
    const { before, rows } = await exportRuns(as.operator, {});
    await startRun(as.operator, { workflowId, input });
    expect(rows).toBe(1);
    expect((await listRuns(as.operator, { to: before })).rows).toHaveLength(1);
    expect(await exportRuns(as.operator, { to: "2020-01-01T00:00:00.000Z" })).toMatchObject({ rows: 0 });
  });

  it("counts no run above the caller's clearance, and none of another tenant", async () => {
    const [mine, theirs] = [await people(), await people()];
    for (const { as } of [mine, theirs])
      await startRun(as.operator, { workflowId: (await makePublished(as)).workflowId, input });
    const visitor = await memberContext(db.database, mine.tenant, { roles: ["read_only"], clearance: "public" });
    expect(await exportRuns(visitor, {})).toMatchObject({ rows: 0 });
    expect(await exportRuns(mine.as.read_only, {})).toMatchObject({ rows: 1 });
  });

  it("answers another tenant's workflow as one that never was", async () => {
    const [mine, theirs] = [await people(), await people()];
    const { workflowId } = await makePublished(theirs.as);
    const ask = (id: string) => exportRuns(mine.as.operator, { workflowId: id }).catch(String);
    expect(await ask(workflowId)).toBe(await ask(newId("workflow")));
    expect(await ask(workflowId)).toContain("NotFound");
  });

  it("refuses what is no filter, and leaves no receipt then", async () => {
    const { as } = await people();
    const before = await countReceipts(as.operator);
    await expect(exportRuns(as.operator, { cursor: "x" } as never)).rejects.toMatchObject({ code: "Invalid" });
    await expect(exportRuns(as.operator, { status: "exploded" as never })).rejects.toMatchObject({ code: "Invalid" });
    expect(await countReceipts(as.operator)).toBe(before);
  });
});
