import { writeFindingOverdue } from "@/emails/findings/finding-overdue";
import { composeFindingLetter, findingOverdue, listDueFindings, tendFinding } from "@/server/findings";
import { tellOfFinding } from "@/server/notifications";
import { sendMail } from "@/server/platform/mailer";
import type { JobDeps } from "../deps";

/** Each quarter of an hour, opens findings again whose acceptance is over, and takes those that are overdue to their next stage. */
export const tendFindings = ({ client, database, clock, newId }: JobDeps) =>
  client.createFunction(
    { id: "tend-findings", triggers: [{ cron: "7,22,37,52 * * * *" }], retries: 5 },
    ({ step, runId: requestId }) =>
      step.run("tend", async () => {
        const due = await listDueFindings({ database, clock });
        for (const { tenantId, findingId } of due)
          await tendFinding({ database, tenantId, clock, newId, requestId, actor: "job:tend-findings" }, findingId);
        return { due: due.length };
      }),
  );

/** Mails one person that a finding is overdue, unless nobody has to do anything about it any more. Throws while the mail server is away. */
export async function mailOverdue(
  deps: Pick<JobDeps, "database" | "env">,
  about: { tenantId: string; findingId: string; userId: string },
): Promise<"sent" | "settled"> {
  const letter = await composeFindingLetter(deps.database, about);
  if (letter === null) return "settled";
  const { to, ...facts } = letter;
  await sendMail(deps, { to, ...(await writeFindingOverdue(facts)) });
  return "sent";
}

/** In the app and by mail: a finding's owner and administrators learn that it is overdue; tries again while the mail server is away. */
export const tellOfOverdue = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "tell-of-overdue-finding", triggers: [{ event: findingOverdue.name }], retries: 10 },
    async ({ event, step }) => {
      const { tenantId, findingId, stage } = findingOverdue.payload.parse(event.data);
      const userIds = await step.run("tell", () =>
        tellOfFinding({ database, clock, newId, tenantId }, { findingId, stage }),
      );
      for (const userId of userIds)
        await step.run(`mail ${userId}`, () => mailOverdue({ database, env }, { tenantId, findingId, userId }));
      return { told: userIds.length };
    },
  );
