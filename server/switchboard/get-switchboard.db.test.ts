import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { makeDraft, makePublished } from "@/server/testing/workflows";
import { countApprovals } from "@/server/approvals";
import { cancelRun, startRun } from "@/server/runs";
import { submitVersion } from "@/server/workflows";
import { getSwitchboard } from "./index";

const db = useTestDatabase();
const people = () => tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
const input = { order: "A-1" };

describe("getSwitchboard", () => {
  it("shows the last runs, newest first, with today's use and who did what", async () => {
    const { as } = await people();
    const { workflowId } = await makePublished(as);
    const first = await startRun(as.operator, { workflowId, input });
    const second = await startRun(as.operator, { workflowId, input });
    const board = await getSwitchboard(as.operator, {});
    expect(board.runs.map(({ id }) => id)).toEqual([second.runId, first.runId]);
    expect(board.runs[0]).toMatchObject({ status: "queued", version: 1, tookMs: null });
    expect(board.runsToday).toEqual({ queued: 2 });
    expect(board.receipts[0]).toMatchObject({ action: "run.start" });
    expect((await getSwitchboard(as.operator, { limit: 1 })).runs).toHaveLength(1);
  });

  it("shows and counts no run above the reader's clearance", async () => {
    const { tenant, as } = await people();
    const { workflowId } = await makePublished(as);
    await startRun(as.operator, { workflowId, input });
    const visitor = await memberContext(db.database, tenant, { roles: ["read_only"], clearance: "public" });
    expect(await getSwitchboard(visitor, {})).toMatchObject({ runs: [], runsToday: {} });
  });

  it("shows what waits for a review to reviewers who did not write it", async () => {
    const { tenant, as } = await people();
    const { versionId } = await makeDraft(as.workflow_author);
    await submitVersion(as.workflow_author, { versionId });
    const waiting = async (who: typeof as.operator) =>
      (await getSwitchboard(who, {})).reviews.map((one) => one.versionId);
    expect(await waiting(as.workflow_reviewer)).toEqual([versionId]);
    expect(await waiting(as.workflow_author)).toEqual([]);
    expect(await waiting(as.operator)).toEqual([]);
    const visitor = await memberContext(db.database, tenant, { roles: ["workflow_reviewer"], clearance: "public" });
    expect(await waiting(visitor)).toEqual([]);
  });

  it("shows and counts the approvals that the caller can decide about, those that expire first first", async () => {
    const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator", "tenant_admin"]);
    const gated = (role: string, expires_hours: number) =>
      makePublished(as, { approval_to_start: { stages: [{ role, quorum: 1, expires_hours }] } });
    const start = async ({ workflowId }: { workflowId: string }) => startRun(as.operator, { workflowId, input });
    await start(await gated("tenant_admin", 72));
    const { runId } = await start(await gated("tenant_admin", 24));
    await start(await gated("operator", 24));

    const { approvals } = await getSwitchboard(as.tenant_admin, {});
    expect(approvals).toHaveLength(2);
    expect(Date.parse(approvals[0]?.dueAt ?? "")).toBeLessThan(Date.parse(approvals[1]?.dueAt ?? ""));
    const waiting = async (who: typeof as.operator) => (await countApprovals(who, {})).waiting;
    expect(await waiting(as.tenant_admin)).toBe(2);
    // The one role is not asked; the other is, of a run that it started.
    expect([await waiting(as.workflow_reviewer), await waiting(as.operator)]).toEqual([0, 0]);
    await cancelRun(as.operator, { runId });
    expect(await waiting(as.tenant_admin)).toBe(1);
  });
});
