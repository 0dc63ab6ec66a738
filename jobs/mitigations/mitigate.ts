import { measureMitigation, mitigateBreach, tendMitigations } from "@/server/mitigations";
import { sloBreached } from "@/server/slos";
import type { JobDeps } from "../deps";

/** By when a throttle has to show: what workers have in hand then began before it, or within it. */
const SHOWS_AFTER = "5s";

/** Does what the tenant's rules say about a breach, and measures seconds later what it did. */
export const mitigate = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    // As far before others as can be: what slows a tenant's runs does not wait behind them.
    { id: "mitigate", triggers: [{ event: sloBreached.name }], priority: { run: "600" }, retries: 5 },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, alertId } = sloBreached.payload.parse(event.data);
      const ctx = { database, clock, newId, requestId, tenantId };
      const ids = await step.run("mitigate", () => mitigateBreach(ctx, alertId));
      if (ids.length === 0) return { mitigations: 0 };
      await step.sleep("let it show", SHOWS_AFTER);
      for (const id of ids) await step.run(`measure ${id}`, () => measureMitigation(ctx, id));
      return { mitigations: ids.length };
    },
  );

/** Each minute, ends mitigations whose time is over, or that did not help. */
export const tendMitigationsEachMinute = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "tend-mitigations", triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 } },
    ({ step, runId: requestId }) =>
      step.run("tend", async () => ({ ended: await tendMitigations({ database, clock, newId, requestId }) })),
  );
