import { listCollecting } from "@/server/collectors";
import { beginDaily, controlsDue, probeControls as probe } from "@/server/compliance";
import { blobStoreOf } from "@/server/platform/blob-store";
import type { JobDeps } from "../deps";

const actor = "job:probe-controls";

/** Each day, half an hour after the night's collection begins, has the controls of every tenant looked at that has the compliance pack. */
export const probeEachDay = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "probe-controls-daily", triggers: [{ cron: "41 2 * * *" }], retries: 5 },
    async ({ step }) => {
      const due = await step.run("list", async () => {
        const tenantIds = await listCollecting({ database, clock });
        const begin = (tenantId: string) => beginDaily({ database, clock, newId, tenantId }, actor);
        return Promise.all(tenantIds.map(async (tenantId) => ({ tenantId, collectionId: await begin(tenantId) })));
      });
      if (due.length > 0)
        await step.sendEvent(
          "ask",
          due.map((data) => ({ name: controlsDue.name, data })),
        );
      return { tenants: due.length };
    },
  );

/** Runs every probe for a tenant: what was found before a crash is not looked for again. */
export const probeControls = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "probe-controls", triggers: [{ event: controlsDue.name }], retries: 5 },
      concurrency: { limit: 1, key: "event.data.tenantId" },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, collectionId } = controlsDue.payload.parse(event.data);
      const ctx = { database, tenantId, clock, newId, requestId, actor, blobs: blobStoreOf(env) };
      return step.run("probe", () => probe(ctx, collectionId));
    },
  );
