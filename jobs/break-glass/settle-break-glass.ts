import { settleBreakGlass as settle } from "@/server/break-glass";
import type { JobDeps } from "../deps";

/** Each minute, puts on record which grants of break-glass are over. */
export const settleBreakGlass = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction({ id: "settle-break-glass", triggers: [{ cron: "* * * * *" }] }, ({ step, runId: requestId }) =>
    step.run("settle", () => settle({ database, clock, newId, requestId })),
  );
