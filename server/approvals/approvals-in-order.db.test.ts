import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { approvals, runs } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { must, Refusal } from "@/server/kernel/errors";
import { conductRun, killRun, startRun } from "@/server/runs";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { decideApproval, settleApprovals } from "./index";
import { ACTIONS, type Action, ALL_ACTIONS, ASKED, PEOPLE, type Person, STAGES } from "./testing/asked-world";

const db = useTestDatabase();

/** A run that waits for its approval, and each action on it as the product does it. */
async function makeTable() {
  const { tenant, as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const people = {} as Record<Person, TenantContext>;
  for (const [name, role] of Object.entries(PEOPLE))
    people[name as Person] = await memberContext(db.database, tenant, { roles: [role] });
  const steps = [{ id: "gate", type: "approval", title: "Go on?", stages: STAGES }];
  const { workflowId, contentHash } = await makePublished(as, { steps, input: {} });
  const { runId } = await startRun(as.operator, { workflowId });
  const ctx = executionContext({ database: db.database, tenantId: tenant.tenantId });
  const turn = () => conductRun(ctx, runId)(0);
  await turn();
  const ofRun = and(eq(approvals.tenantId, tenant.tenantId), eq(approvals.runId, runId));
  const row = async () => {
    const rows = await withTenant(ctx, (tx) =>
      tx
        .select({ status: approvals.status, stage: approvals.stage, id: approvals.id, run: runs.status })
        .from(approvals)
        .innerJoin(runs, and(eq(runs.tenantId, approvals.tenantId), eq(runs.id, approvals.runId)))
        .where(ofRun),
    );
    expect(rows).toHaveLength(1);
    return must(rows[0], "a run asks for its approval");
  };
  const { id: approvalId } = await row();
  const say = (person: Person, verdict: "approved" | "rejected") =>
    decideApproval(people[person], { approvalId, contentHash, verdict, comment: "Said so." });
  const does: Record<Action, () => Promise<unknown>> = {
    "ann approves": () => say("ann", "approved"),
    "bob approves": () => say("bob", "approved"),
    "cay approves": () => say("cay", "approved"),
    "dee approves": () => say("dee", "approved"),
    "ann rejects": () => say("ann", "rejected"),
    "cay rejects": () => say("cay", "rejected"),
    "time passes": () =>
      withTenant(ctx, (tx) =>
        tx
          .update(approvals)
          .set({ dueAt: sql`clock_timestamp()` })
          .where(ofRun),
      ),
    settle: () => settleApprovals(ctx),
    kill: () => killRun(as.operator, { runId, reason: "Why" }),
    turn,
  };
  return { does, row };
}

it("the database plays any sequence of approvals, kills and time as the rules say", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...ALL_ACTIONS), { minLength: 6, maxLength: 16 }), async (actions) => {
      const { does, row } = await makeTable();
      let world = ASKED;
      for (const action of actions) {
        // What the rules leave as it is, the product refuses.
        await does[action]().catch((error: unknown) => {
          if (!(error instanceof Refusal) || error.code === "Unavailable") throw error;
        });
        world = ACTIONS[action](world);
        const { status, stage, run } = await row();
        const runNow = run === "running" ? "open" : run;
        expect([action, status, stage, runNow]).toEqual([action, world.asked.status, world.asked.stage, world.run]);
      }
    }),
    { numRuns: 40, seed: 20_261_126, endOnFailure: true },
  );
}, 120_000);
