import { writeDriftFound } from "@/emails/drift/drift-found";
import { composeDriftLetter, detectDrift, remediationOpened, runningCode } from "@/server/drift";
import { tellOfDrift } from "@/server/notifications";
import { sendMail } from "@/server/platform/mailer";
import type { JobDeps } from "../deps";

/** Each minute, compares the deployment and every tenant with what they should be. */
export const detectDriftEachMinute = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction({ id: "detect-drift", triggers: [{ cron: "* * * * *" }] }, ({ step, runId: requestId }) =>
    step.run("look", () =>
      detectDrift({ database, clock, newId, requestId, code: runningCode(env.CONDUCTOR_REVISION) }),
    ),
  );

/** In the app and by mail: administrators learn that something differs; tries again while the mail server is away. */
export const tellAdministrators = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "tell-of-drift", triggers: [{ event: remediationOpened.name }], retries: 10 },
    async ({ event, step }) => {
      const { tenantId, ...news } = remediationOpened.payload.parse(event.data);
      const userIds = await step.run("tell", () => tellOfDrift({ database, clock, newId, tenantId }, news));
      for (const userId of userIds)
        await step.run(`mail ${userId}`, async () => {
          const letter = await composeDriftLetter(database, { tenantId, ...news, userId });
          if (letter === null) return "closed";
          const { to, ...facts } = letter;
          await sendMail({ database, env }, { to, ...(await writeDriftFound(facts)) });
          return "sent";
        });
      return { told: userIds.length };
    },
  );
