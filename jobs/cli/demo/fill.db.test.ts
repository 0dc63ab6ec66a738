import { describe, expect, it } from "vitest";
import { demoUsers, seedDemo } from "@/db/seed/demo";
import { useTestDatabase } from "@/db/testing/test-database";
import { listApprovals } from "@/server/approvals";
import { listAudits } from "@/server/audits";
import { listReceipts } from "@/server/receipts";
import { listRuns } from "@/server/runs";
import { listTriggers } from "@/server/triggers";
import { getWorkflow, listWorkflows } from "@/server/workflows";
import { fillDemo } from "./fill";
import { demoPeople } from "./people";
import { PUBLISHED } from "./workflows";

const db = useTestDatabase();

describe("fillDemo", () => {
  it("shows what the product does, by verbs of the demo's people, and does it once", async () => {
    await seedDemo(db.database);
    await fillDemo(db.database);
    const as = await demoPeople(db.database, "acme");
    const owner = as("tenant_admin");
    const seen = async () => ({
      workflows: (await listWorkflows(owner, {})).rows.length,
      runs: (await listRuns(owner, {})).rows.map(({ status }) => status),
      receipts: (await listReceipts(owner, {})).rows[0]?.seq,
    });

    const first = await seen();
    expect(first.workflows).toBe(Object.keys(PUBLISHED).length);
    expect(first.runs).toContain("cancelled");
    expect((await listApprovals(owner, {})).rows.map(({ workflowSlug }) => workflowSlug)).toEqual(["close-the-books"]);
    const booking = await getWorkflow(owner, { slug: "book-an-order" });
    const { rows } = await listTriggers(owner, { workflowId: booking.id });
    expect(rows.map(({ kind }) => kind).sort()).toEqual(["event", "webhook"]);

    expect((await listAudits(owner, {})).rows).toMatchObject([{ verdict: null }]);

    await seedDemo(db.database);
    await fillDemo(db.database);
    expect(await seen()).toEqual(first);
  });

  it("names somebody for every role", async () => {
    const as = await demoPeople(db.database, "globex");
    for (const { role, email } of demoUsers().filter(({ tenant }) => tenant === "globex"))
      expect(as(role).actor).toMatchObject({ kind: "user", email });
  });
});
