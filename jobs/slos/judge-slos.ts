import { countOverdue as count, ensureSlos, judgeSlos as judge, noteRecount } from "@/server/slos";
import { tenantCreated } from "@/server/tenants";
import type { JobDeps } from "../deps";

/** What finished in the last second of a minute is told within this, so that the minute is judged with it. */
const TOLD_WITHIN = "2s";

/** Judges every objective at the close of each minute; a breach is an incident within seconds of the minute that shows it. */
export const judgeSlos = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "judge-slos", triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 } },
    async ({ step, runId: requestId }) => {
      await step.sleep("let what finished be counted", TOLD_WITHIN);
      return step.run("judge", async () => {
        const { slos, opened, closed } = await judge({ database, clock, newId, requestId });
        return { slos, opened, closed };
      });
    },
  );

/** Each minute, counts what should have ended and has not. */
export const countOverdue = ({ client, database, clock }: JobDeps) =>
  client.createFunction(
    { id: "count-overdue", triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 } },
    ({ step }) => step.run("count", async () => ({ counted: await count({ database, clock }) })),
  );

/** Gives a new tenant its objectives at once: each pass would too. */
export const giveObjectives = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction({ id: "give-objectives", triggers: [{ event: tenantCreated.name }], retries: 5 }, ({ step }) =>
    step.run("give", async () => ({ tenants: await ensureSlos({ database, clock, newId }) })),
  );

/** Each hour, adds up again what was counted: both must say the same. */
export const recountEachHour = ({ client, database, clock }: JobDeps) =>
  client.createFunction(
    { id: "recount-slos", triggers: [{ cron: "29 * * * *" }], concurrency: { limit: 1 } },
    ({ step }) => step.run("recount", () => noteRecount(database, clock.now())),
  );
