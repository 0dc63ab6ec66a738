import fc from "fast-check";
import { expect, it } from "vitest";
import { asc, eq } from "drizzle-orm";
import { runs } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { must, Refusal } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { conductRun, releaseRuns, startRun } from "@/server/runs";
import { isWaiting, type Standing } from "@/server/runs/domain/lifecycle";
import { ACTIONS, type Action, NOTHING, openRun, type World } from "@/server/runs/testing/held-world";
import { tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { makePublished } from "@/server/testing/workflows";
import {
  killTenant,
  liftTenantKill,
  listHolds,
  listUnsettledHolds,
  pauseTenant,
  resumeTenant,
  settleHold,
} from "./index";

const db = useTestDatabase();
const reason = "Why";
const PLAYED = ["start", "turn", "kill", "settle", "lift", "pause", "resume", "release"] as const satisfies Action[];
type Played = (typeof PLAYED)[number];

/** A tenant with one workflow of one step, and each action on it as the product does it. */
async function makeTable() {
  const { as } = await tenantWith(db.database, [
    ...(["workflow_author", "workflow_reviewer", "operator", "tenant_admin"] as const),
  ]);
  const { workflowId } = await makePublished(as, { steps: [{ id: "only", type: "wait", seconds: 1 }] });
  const { tenantId } = as.operator;
  const ctx = executionContext({ database: db.database, tenantId });
  const rows = () =>
    withTenant(ctx, (tx) => tx.select().from(runs).where(eq(runs.tenantId, tenantId)).orderBy(asc(runs.id)));
  const standings = async (): Promise<Standing[]> =>
    (await rows()).map((run) => ({ status: run.status, isPaused: isWaiting(run) }));
  const idOf = async (kind: "kill" | "pause") =>
    (await listHolds(as.operator, {})).find((hold) => hold.kind === kind)?.id ?? newId("hold");

  const does: Record<Played, (world: World) => Promise<unknown>> = {
    start: () => startRun(as.operator, { workflowId, input: { order: "7" } }),
    turn: async (world) => {
      const taken = openRun(world);
      if (taken === -1) return;
      const { id, status } = must((await rows())[taken], "the run was started");
      const proceed = conductRun(ctx, id);
      // The wait of a run that has begun is over.
      await proceed(status === "queued" ? 0 : Date.now() + 60_000);
    },
    kill: () => killTenant(as.operator, { reason }),
    settle: async () => {
      const unsettled = await listUnsettledHolds(ctx);
      for (const hold of unsettled) if (hold.tenantId === tenantId && hold.kind === "kill") await settleHold(ctx, hold);
    },
    lift: async () => liftTenantKill(as.tenant_admin, { holdId: await idOf("kill") }),
    pause: () => pauseTenant(as.operator, { reason }),
    resume: async () => resumeTenant(as.operator, { holdId: await idOf("pause") }),
    release: () => releaseRuns(ctx, { workflowId: null }, 1),
  };
  return { standings, does };
}

it("the database plays any sequence of holds and turns as the rules say", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PLAYED), { minLength: 10, maxLength: 24 }), async (actions) => {
      const { standings, does } = await makeTable();
      let world = NOTHING;
      for (const action of actions) {
        // What the rules leave as it is, the product refuses.
        await does[action](world).catch((error: unknown) => {
          if (!(error instanceof Refusal) || error.code === "Unavailable") throw error;
        });
        world = ACTIONS[action](world);
        expect([action, await standings()]).toEqual([action, world.runs]);
      }
    }),
    { numRuns: 25, seed: 20_261_126, endOnFailure: true },
  );
});
