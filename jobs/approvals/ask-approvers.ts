import { writeApprovalAsked } from "@/emails/approvals/approval-asked";
import { approvalAsked, approvalEnded, composeApproval } from "@/server/approvals";
import { tellApprovers, tellRequester } from "@/server/notifications";
import { sendMail } from "@/server/platform/mailer";
import type { JobDeps } from "../deps";

/** Mails somebody who may decide, unless nobody is asked any more. Nothing of the letter is kept: its link is a secret. */
export async function mailApprover(
  call: Parameters<typeof composeApproval>[0],
  env: JobDeps["env"],
  asked: Parameters<typeof composeApproval>[1],
): Promise<"sent" | "closed"> {
  const letter = await composeApproval(call, asked);
  if (letter === null) return "closed";
  const { to, ...facts } = letter;
  await sendMail({ database: call.database, env }, { to, ...(await writeApprovalAsked(facts)) });
  return "sent";
}

/** In the app and by mail: those who may decide a stage learn that it asks them; tries again while the mail server is away. */
export const askApprovers = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "ask-approvers", triggers: [{ event: approvalAsked.name }], retries: 10 },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, approvalId, stage } = approvalAsked.payload.parse(event.data);
      const userIds = await step.run("tell", () =>
        tellApprovers({ database, clock, newId, tenantId }, approvalId, stage),
      );
      for (const userId of userIds)
        await step.run(`mail ${userId}`, () =>
          mailApprover({ database, clock, newId, requestId }, env, { tenantId, approvalId, stage, userId }),
        );
      return { asked: userIds.length };
    },
  );

/** In the app: whoever asked learns that it was not approved. */
export const notifyRequester = ({ client, ...deps }: JobDeps) =>
  client.createFunction(
    { id: "notify-requester", triggers: [{ event: approvalEnded.name, if: "event.data.status != 'approved'" }] },
    async ({ event, step }) => {
      const { tenantId, approvalId, status } = approvalEnded.payload.parse(event.data);
      return step.run("tell", () => tellRequester({ ...deps, tenantId }, approvalId, status));
    },
  );
