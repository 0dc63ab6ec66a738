import { countOverdue as count, judgeSlos as judge } from "@/server/slos";
import type { JobDeps } from "../deps";

/** What finished in the last second of a minute is told within this, so that the minute is judged with it. */
const TOLD_WITHIN = "2s";

/** Judges every objective at the close of each minute; a breach is an incident within seconds of the minute that shows it. */
export const judgeSlos = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "judge-slos", triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 }, priority: { run: "300" } },
    async ({ step, runId: requestId }) => {
      await step.sleep("let what finished be counted", TOLD_WITHIN);
      return step.run("judge", () => judge({ database, clock, newId, requestId }));
    },
  );

/** Each minute, counts what should have ended and has not. */
export const countOverdue = ({ client, database, clock }: JobDeps) =>
  client.createFunction(
    { id: "count-overdue", triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 } },
    ({ step }) => step.run("count", async () => ({ counted: await count({ database, clock }) })),
  );
