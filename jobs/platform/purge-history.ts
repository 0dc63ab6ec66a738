import { forgetResults } from "@/server/runs";
import { eachTenant } from "@/server/tenants";
import { forgetFires } from "@/server/triggers";
import type { JobDeps } from "../deps";

/** Once a night, deletes of each tenant old fires of triggers, old events that were sent, and results of runs long ended. */
export const purgeHistory = ({ client, database, clock }: JobDeps) =>
  client.createFunction({ id: "purge-history", triggers: [{ cron: "57 3 * * *" }] }, ({ step }) =>
    step.run("purge", async () => {
      const purged = { fires: 0, events: 0, results: 0 };
      await eachTenant(database, async (tenantId) => {
        const [place, now] = [{ database, tenantId }, clock.now()];
        const { fires, events } = await forgetFires(place, now);
        const { results } = await forgetResults(place, now);
        purged.fires += fires;
        purged.events += events;
        purged.results += results;
      });
      return purged;
    }),
  );
