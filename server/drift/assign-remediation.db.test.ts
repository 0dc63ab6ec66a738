import { beforeEach, describe, expect, it } from "vitest";
import { remediationTasks } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { listMembers } from "@/server/members";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt } from "@/server/testing/records";
import { assignRemediation, getRemediation, listRemediations } from "./index";

const db = useTestDatabase();
const HOUR_MS = 3_600_000;

async function setUp(over: Partial<typeof remediationTasks.$inferInsert> = {}) {
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "operator"]);
  const taskId = newId("remediation");
  const now = new Date();
  await withTenant({ ...db, tenantId: tenant.tenantId }, (tx) =>
    tx.insert(remediationTasks).values({
      ...{ tenantId: tenant.tenantId, id: taskId, kind: "pack", key: `pack:${taskId}`, title: "It differs" },
      ...{ expected: "a", found: "b", undoRuns: "sql", undo: "select 1;", dueAt: now, openedAt: now, ...over },
    }),
  );
  const [member] = (await listMembers(as.tenant_admin, {})).rows;
  return { as, taskId, memberId: must(member, "the tenant has members").id };
}

describe("assignRemediation", () => {
  let here: Awaited<ReturnType<typeof setUp>>;
  beforeEach(async () => {
    here = await setUp();
  });

  it("says who sees to it and by when, and leaves a receipt", async () => {
    const { as, taskId, memberId } = here;
    const dueAt = new Date(Date.now() + HOUR_MS).toISOString();
    await assignRemediation(as.tenant_admin, { taskId, memberId, dueAt });
    await expectReceipt(as.tenant_admin, "remediation.assign", `remediation:${taskId}`);
    expect(await getRemediation(as.operator, { taskId })).toMatchObject({ dueAt, owner: { memberId } });
    await assignRemediation(as.tenant_admin, { taskId });
    expect(await getRemediation(as.operator, { taskId })).toMatchObject({ dueAt, owner: null });
  });

  it("refuses who only operates, puts that on record, and shows them what differs", async () => {
    const { as, taskId, memberId } = here;
    await expect(assignRemediation(as.operator, { taskId, memberId })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.operator, "remediation.assign");
    expect(await countReceipts(as.operator)).toBe(0);
    expect((await listRemediations(as.operator, {})).rows).toMatchObject([{ id: taskId, undo: "select 1;" }]);
    expect((await listRemediations(as.operator, { state: "closed" })).rows).toEqual([]);
  });

  it("finds neither another tenant's task nor its members", async () => {
    const { as, taskId, memberId } = here;
    const other = await setUp();
    const refused = { code: "NotFound" };
    await expect(assignRemediation(as.tenant_admin, { taskId: other.taskId, memberId })).rejects.toMatchObject(refused);
    await expect(assignRemediation(as.tenant_admin, { taskId, memberId: other.memberId })).rejects.toMatchObject(
      refused,
    );
    await expect(getRemediation(as.tenant_admin, { taskId: other.taskId })).rejects.toMatchObject(refused);
  });

  it("refuses a moment that has passed, and a task that is closed", async () => {
    const { as, taskId, memberId } = here;
    const dueAt = new Date(Date.now() - HOUR_MS).toISOString();
    await expect(assignRemediation(as.tenant_admin, { taskId, memberId, dueAt })).rejects.toMatchObject({
      code: "Invalid",
    });
    const gone = await setUp({ closedAt: new Date() });
    await expect(
      assignRemediation(gone.as.tenant_admin, { taskId: gone.taskId, memberId: gone.memberId }),
    ).rejects.toMatchObject({ code: "Conflict" });
  });
});
