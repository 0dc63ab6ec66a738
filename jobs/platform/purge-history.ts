import { forgetResults } from "@/server/runs";
import { forgetPasses, forgetSloEvents } from "@/server/slos";
import { eachTenant } from "@/server/tenants";
import { forgetFires } from "@/server/triggers";
import type { JobDeps } from "../deps";

/** Once a night, deletes of each tenant old fires of triggers, old events that were sent, results of runs long ended, and what objectives counted long ago. */
export const purgeHistory = ({ client, database, clock }: JobDeps) =>
  client.createFunction({ id: "purge-history", triggers: [{ cron: "57 3 * * *" }] }, ({ step }) =>
    step.run("purge", async () => {
      const purged = { fires: 0, events: 0, results: 0, counted: 0 };
      await eachTenant(database, async (tenantId) => {
        const [place, now] = [{ database, tenantId }, clock.now()];
        const { fires, events } = await forgetFires(place, now);
        const { results } = await forgetResults(place, now);
        purged.counted += await forgetSloEvents(place, now);
        purged.fires += fires;
        purged.events += events;
        purged.results += results;
      });
      await forgetPasses(database, clock.now());
      return purged;
    }),
  );
