import { purgeEngine as purge } from "../engine";
import type { JobDeps } from "../deps";

/** Once a night, deletes what the executor has long done with. */
export const purgeEngine = ({ client, database }: JobDeps) =>
  client.createFunction({ id: "purge-engine", triggers: [{ cron: "17 3 * * *" }] }, ({ step }) =>
    step.run("purge", () => purge({ database })),
  );
