import { forgetEndedSecrets } from "@/server/secrets";
import type { JobDeps } from "../deps";

/** Each hour, deletes the versions of secrets that were replaced or deleted, once no open run can have sent them. */
export const forgetEnded = ({ client, database, clock }: JobDeps) =>
  client.createFunction({ id: "forget-ended-secrets", triggers: [{ cron: "47 * * * *" }] }, ({ step }) =>
    step.run("forget", () => forgetEndedSecrets(database, clock.now())),
  );
