import { eachOnItsOwn } from "@/server/platform/each-on-its-own";
import { runFinished } from "@/server/runs";
import { countRuns as count } from "@/server/slos";
import type { JobDeps } from "../deps";

/** Counts runs that have finished towards the objectives of their tenants. Many at once, as each costs a transaction. */
export const countRuns = ({ client, database, clock }: JobDeps) =>
  client.createFunction(
    {
      id: "count-runs",
      triggers: [{ event: runFinished.name }],
      batchEvents: { maxSize: 100, timeout: "1s" },
      retries: 20,
    },
    ({ events, step }) =>
      step.run("count", async () => {
        const finished = events.map(({ data }) => runFinished.payload.parse(data));
        let counted = 0;
        await eachOnItsOwn(
          Map.groupBy(finished, (run) => run.tenantId),
          async ([tenantId, runs]) => {
            const runIds = runs.map(({ runId }) => runId);
            counted += (await count({ database, clock, tenantId }, runIds)).counted;
          },
          { what: "counting runs", nameOf: ([tenantId]) => tenantId },
        );
        return { counted };
      }),
  );
