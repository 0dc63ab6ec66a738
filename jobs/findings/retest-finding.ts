import { lookAgain } from "@/server/audits";
import { findRetest, retestAsked, settleRetest } from "@/server/findings";
import { blobStoreOf } from "@/server/platform/blob-store";
import type { JobDeps } from "../deps";

/** Tests a gap again by the check that found it: where it is gone, the finding closes. */
export const retestFinding = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "retest-finding", triggers: [{ event: retestAsked.name }], retries: 5 },
      concurrency: { limit: 1, key: "event.data.findingId" },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, findingId } = retestAsked.payload.parse(event.data);
      const ctx = {
        database,
        tenantId,
        clock,
        newId,
        requestId,
        actor: "job:retest-finding",
        blobs: blobStoreOf(env),
        env,
      };
      return step.run("test", async () => {
        const asked = await findRetest(ctx, findingId);
        return asked === null ? "nothing" : settleRetest(ctx, findingId, await lookAgain(ctx, asked.key));
      });
    },
  );
