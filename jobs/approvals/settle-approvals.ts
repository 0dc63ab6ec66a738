import { listWaitingTenants, settleApprovals as settleThose } from "@/server/approvals";
import { workflowPublished, workflowRetired } from "@/server/workflows";
import type { JobDeps } from "../deps";

/**
 * Ends requests for approval that expired or became void, each minute, and those of starts as soon as another version is
 * published or the workflow retires. Nobody waits for this to be safe: what is over is refused by its own time and run.
 */
export const settleApprovals = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    {
      id: "settle-approvals",
      triggers: [{ cron: "* * * * *" }, { event: workflowPublished.name }, { event: workflowRetired.name }],
      retries: 3,
    },
    async ({ step, runId: requestId }) => {
      const waiting = await step.run("list", () => listWaitingTenants({ database }));
      for (const tenantId of waiting)
        // In parts, so that no call of the engine takes long, however many requests there are.
        for (let part = 1, isSettled = false; !isSettled; part += 1)
          isSettled = await step.run(`settle ${tenantId} ${part}`, () =>
            settleThose({ database, clock, newId, requestId, tenantId }),
          );
      return { tenants: waiting.length };
    },
  );
