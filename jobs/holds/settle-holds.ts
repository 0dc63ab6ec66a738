import { deploymentKilled, holdLifted, holdSet, listUnsettledHolds, settleHold } from "@/server/holds";
import { countTimed } from "@/server/slos";
import type { JobDeps } from "../deps";

/**
 * Ends the runs under a kill, and lets go what a pause kept waiting. Each minute too: a hold is settled some time,
 * whatever became of its event. No kill waits for this: no step begins from its commit on.
 */
export const settleHolds = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    {
      id: "settle-holds",
      triggers: [
        { event: holdSet.name },
        { event: holdLifted.name },
        { event: deploymentKilled.name },
        { cron: "* * * * *" },
      ],
      // As far before others as can be: what a kill leaves to do does not wait behind the runs that it ends.
      priority: { run: "600" },
      retries: 3,
    },
    async ({ step, runId: requestId }) => {
      const unsettled = await step.run("list", () => listUnsettledHolds({ database }));
      for (const hold of unsettled) {
        // In parts, so that no call of the engine takes long, however many runs there are.
        for (let part = 1, isSettled = false; !isSettled; part += 1)
          isSettled = await step.run(`settle ${hold.id} ${part}`, () =>
            settleHold({ database, clock, newId, requestId }, hold),
          );
        const { tenantId, id, kind } = hold;
        if (kind === "kill" && tenantId !== null)
          await step.run(`count ${id}`, () =>
            countTimed({ database, clock, tenantId }, "incident-path-latency", { id, askedAt: new Date(hold.setAt) }),
          );
      }
      return { settled: unsettled.length };
    },
  );
