import { followDefault as follow } from "@/server/policy-changes";
import type { JobDeps } from "../deps";

/** Each minute, proposes the deployment's default pack to tenants that follow it and have another. */
export const followDefault = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction({ id: "follow-default", triggers: [{ cron: "* * * * *" }] }, ({ step, runId: requestId }) =>
    step.run("follow", () => follow({ database, clock, newId, requestId }, env.CONDUCTOR_GOVERNANCE_PROFILE)),
  );
