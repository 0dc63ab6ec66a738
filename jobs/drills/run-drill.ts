import { drillAsked, runDrill as run } from "@/server/drills";
import type { JobDeps } from "../deps";
import { sendMessage } from "../incidents/send-message";

/** Runs a drill that somebody has asked for; one at a time per tenant. */
export const runDrill = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "run-drill", triggers: [{ event: drillAsked.name }], retries: 0 },
      concurrency: { limit: 1, key: "event.data.tenantId" },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, askedBy: actor } = drillAsked.payload.parse(event.data);
      return step.run("run", async () => {
        const ctx = { database, clock, newId, requestId, tenantId };
        const { drillId, grade } = await run({ ...ctx, actor, send: (id) => sendMessage(ctx, env, id) });
        return { drillId, grade };
      });
    },
  );
