import { findRehearsalsDue, rehearsalDue, rehearseRestore as rehearse } from "@/server/backups";
import { listCollecting } from "@/server/collectors";
import { blobStoreOf } from "@/server/platform/blob-store";
import type { JobDeps } from "../deps";

/** Each night, has the restore rehearsed of those tenants with the compliance pack whose last rehearsal is a month ago. */
export const rehearseEachNight = ({ client, database, clock, env }: JobDeps) =>
  client.createFunction(
    { id: "rehearse-restores-nightly", triggers: [{ cron: "23 3 * * *" }], retries: 5 },
    async ({ step }) => {
      const due = await step.run("list", async () =>
        findRehearsalsDue({ database, clock, env }, await listCollecting({ database, clock })),
      );
      if (due.length > 0)
        await step.sendEvent(
          "ask",
          due.map((tenantId) => ({ name: rehearsalDue.name, data: { tenantId } })),
        );
      return { tenants: due.length };
    },
  );

/** Rehearses one tenant's restore; one at a time in the deployment, as each moves all of a tenant's rows twice. */
export const rehearseRestore = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    {
      ...{ id: "rehearse-restore", triggers: [{ event: rehearsalDue.name }], retries: 2 },
      concurrency: { limit: 1 },
    },
    async ({ event, step, runId: requestId }) => {
      const { tenantId } = rehearsalDue.payload.parse(event.data);
      const ctx = { database, tenantId, clock, newId, requestId, actor: "job:rehearse-restore" };
      return step.run("rehearse", async () => {
        const { outcome, reason } = await rehearse({ ...ctx, blobs: blobStoreOf(env), env });
        return { outcome, reason };
      });
    },
  );
