import { buildRequested, bundleRequested, giveUpBundle } from "@/server/bundles";
import { log } from "@/server/platform/log";
import type { JobDeps } from "../deps";

/** Builds a bundle that somebody asked for; one at a time per tenant, tried again while the disk or the blob store is away. */
export const buildBundle = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "build-bundle", triggers: [{ event: bundleRequested.name }], retries: 5 },
      concurrency: { limit: 1, key: "event.data.tenantId" },
      onFailure: async ({ event, error }) => {
        const { tenantId, bundleId } = bundleRequested.payload.parse(event.data.event.data);
        const ctx = { database, clock, newId, env, requestId: newId("request"), tenantId };
        log().error({ bundleId, error: error.message }, "a bundle could not be built");
        await giveUpBundle(
          ctx,
          bundleId,
          "It could not be built. Whoever operates this deployment finds why in the log.",
        );
      },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, bundleId } = bundleRequested.payload.parse(event.data);
      return step.run("build", () => buildRequested({ database, clock, newId, env, requestId, tenantId }, bundleId));
    },
  );
