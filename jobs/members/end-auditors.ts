import { endOverAuditors } from "@/server/members";
import type { JobDeps } from "../deps";

/** Each minute, tidies away the memberships of auditors whose time is over, with a receipt. */
export const endAuditors = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction({ id: "end-auditors", triggers: [{ cron: "* * * * *" }] }, ({ step, runId: requestId }) =>
    step.run("end", () => endOverAuditors({ database, clock, newId, requestId })),
  );
