import { NonRetriableError } from "inngest";
import { COLLECTED_KINDS, collectKind, deploymentOf, evidenceDue, listCollecting } from "@/server/collectors";
import { blobStoreOf } from "@/server/platform/blob-store";
import type { JobDeps } from "../deps";

/** Each night, has the evidence of every tenant collected that has the compliance pack. */
export const collectEachNight = ({ client, database, clock }: JobDeps) =>
  client.createFunction(
    { id: "collect-evidence-nightly", triggers: [{ cron: "11 2 * * *" }], retries: 5 },
    async ({ step }) => {
      const due = await step.run("list", async () => {
        const day = clock.now().toISOString().slice(0, 10);
        return { occasion: `night:${day}`, tenantIds: await listCollecting({ database, clock }) };
      });
      const { occasion, tenantIds } = due;
      if (tenantIds.length > 0)
        await step.sendEvent(
          "ask",
          tenantIds.map((tenantId) => ({ name: evidenceDue.name, data: { tenantId, occasion } })),
        );
      return { tenants: tenantIds.length };
    },
  );

/**
 * Collects a tenant's evidence, one step a kind: what was collected before a crash is not collected again, and a kind that cannot
 * be collected keeps no other from it. Fails in the end where one could not.
 */
export const collectEvidence = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "collect-evidence", triggers: [{ event: evidenceDue.name }], retries: 5 },
      concurrency: { limit: 1, key: "event.data.tenantId" },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, occasion } = evidenceDue.payload.parse(event.data);
      const ctx = { database, tenantId, clock, newId, requestId, actor: "job:collect-evidence" };
      let items = 0;
      const failed: string[] = [];
      for (const kind of COLLECTED_KINDS)
        try {
          items += await step.run(kind, () =>
            collectKind({ ...ctx, blobs: blobStoreOf(env), deployment: deploymentOf(env) }, kind, occasion),
          );
        } catch (error) {
          failed.push(`${kind}: ${String(error)}`);
        }
      if (failed.length > 0) throw new NonRetriableError(`Not all could be collected. ${failed.join("; ")}`);
      return { items };
    },
  );
