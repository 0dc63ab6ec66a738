import { watchQuotas as watch } from "@/server/quotas";
import type { JobDeps } from "../deps";

/** Each minute, says which tenants have come to a quota, and which have not any more. */
export const watchQuotas = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction({ id: "watch-quotas", triggers: [{ cron: "* * * * *" }] }, ({ step, runId: requestId }) =>
    step.run("watch", () => watch({ database, clock, newId, requestId })),
  );
