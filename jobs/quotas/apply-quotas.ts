import { applyQuotas as apply, quotasSet } from "@/server/quotas";
import type { JobDeps } from "../deps";

/** Writes quotas that the operating tenant has set where they belong. */
export const applyQuotas = ({ client, database, newId }: JobDeps) =>
  client.createFunction({ id: "apply-quotas", triggers: [{ event: quotasSet.name }] }, ({ event, step, runId }) =>
    step.run("apply", () => apply({ database, newId, requestId: runId }, quotasSet.payload.parse(event.data))),
  );
