import { claimSlots, listDueSchedules, listPendingFires, LOOK, startPendingFire } from "@/server/triggers";
import type { JobDeps } from "../deps";

/** Looks of one run: what is more is left to the next minute's. */
const LOOKS_MAX = 100;

/**
 * Each minute, starts the runs of schedules whose slot has come, and what an event's or an earlier look left to start. One
 * run at a time, as two would do each other's work; that each slot starts one run does not hang on it.
 */
export const fireSchedules = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "fire-schedules", triggers: [{ cron: "* * * * *" }], concurrency: 1, retries: 3 },
    async ({ step, runId: requestId }) => {
      const call = { database, clock, newId, requestId };
      // In parts, so that no call of the engine takes long; one that brings nothing on ends it.
      const inParts = async (name: string, part: () => Promise<{ found: number; done: number }>) => {
        let done = 0;
        for (let look = 1; look <= LOOKS_MAX; look += 1) {
          const seen = await step.run(`${name} ${look}`, part);
          done += seen.done;
          if (seen.found < LOOK || seen.done === 0) break;
        }
        return done;
      };
      const claimed = await inParts("claim", async () => {
        const due = await listDueSchedules(call);
        let done = 0;
        for (const schedule of due) if (await claimSlots(call, schedule)) done += 1;
        return { found: due.length, done };
      });
      const settled = await inParts("start", async () => {
        const pending = await listPendingFires(call);
        let done = 0;
        for (const fire of pending) if (await startPendingFire(call, fire)) done += 1;
        return { found: pending.length, done };
      });
      return { claimed, settled };
    },
  );
