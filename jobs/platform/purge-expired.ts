import { purgeExpired as purge } from "@/db/purge-expired";
import type { JobDeps } from "../deps";

/** Once a night, deletes sessions, sign-in links, allowances and Outbox messages that nobody can use any more. */
export const purgeExpired = ({ client, database }: JobDeps) =>
  client.createFunction({ id: "purge-expired", triggers: [{ cron: "37 3 * * *" }] }, ({ step }) =>
    step.run("purge", () => purge(database)),
  );
