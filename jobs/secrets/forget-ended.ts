import { forgetEndedSecrets } from "@/server/secrets";
import type { JobDeps } from "../deps";

/** Once a night, deletes what was replaced or deleted while a run went on that may have sent it, once that is over. */
export const forgetEnded = ({ client, database }: JobDeps) =>
  client.createFunction({ id: "forget-ended-secrets", triggers: [{ cron: "47 3 * * *" }] }, ({ step }) =>
    step.run("forget", () => forgetEndedSecrets(database)),
  );
