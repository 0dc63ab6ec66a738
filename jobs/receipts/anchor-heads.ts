import { blobStoreOf } from "@/server/platform/blob-store";
import { headSigningKey } from "@/server/platform/keys";
import { anchorHeads } from "@/server/receipts";
import type { JobDeps } from "../deps";

/** Each minute: signs where grown chains stand and keeps the signatures outside the database. */
export const anchorReceiptHeads = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "anchor-receipt-heads", triggers: [{ cron: "* * * * *" }], retries: 3 },
    async ({ step }) => {
      const ctx = { database, clock, newId, key: headSigningKey(env.CONDUCTOR_SECRET), blobs: blobStoreOf(env) };
      const tenants = await step.run("anchor", () => anchorHeads(ctx));
      return { anchored: tenants.length };
    },
  );
