import { bundleDeleted, forgetBundles, removeUnnamedFiles } from "@/server/bundles";
import { unavailable } from "@/server/kernel/errors";
import { blobStoreOf } from "@/server/platform/blob-store";
import { eachTenant } from "@/server/tenants";
import type { JobDeps } from "../deps";

/** Removes the file of a bundle that was deleted; tried again while another is being built, or the blob store is away. */
export const removeBundleFiles = ({ client, database, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "remove-bundle-files", triggers: [{ event: bundleDeleted.name }], retries: 5 },
      concurrency: { limit: 1, key: "event.data.tenantId" },
    },
    ({ event, step }) =>
      step.run("remove", async () => {
        const { tenantId } = bundleDeleted.payload.parse(event.data);
        const removed = await removeUnnamedFiles({ database, tenantId, blobs: blobStoreOf(env) });
        if (removed === null) throw unavailable("A bundle is being built. The file is removed once it is there.");
        return { removed };
      }),
  );

/** Each night, deletes of every tenant the bundles that are old enough, and files that no bundle names. */
export const forgetBundlesEachNight = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction({ id: "forget-bundles", triggers: [{ cron: "7 4 * * *" }] }, ({ step, runId: requestId }) =>
    step.run("forget", async () => {
      const [forgotten, blobs] = [{ bundles: 0, files: 0 }, blobStoreOf(env)];
      await eachTenant(database, async (tenantId) => {
        const place = { database, tenantId, blobs, clock, newId, requestId, actor: "job:forget-bundles" };
        forgotten.bundles += await forgetBundles(place);
        forgotten.files += (await removeUnnamedFiles(place)) ?? 0;
      });
      return forgotten;
    }),
  );
