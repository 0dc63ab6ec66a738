import { writeInvitation } from "@/emails/members/invitation";
import { composeInvitation, memberInvited } from "@/server/members";
import { sendMail } from "@/server/platform/mailer";
import type { JobDeps } from "../deps";

/** Mails an invitation, unless it ended meanwhile. Nothing of the letter is kept: its link is a secret. */
export async function mailInvitation(
  call: Parameters<typeof composeInvitation>[0],
  env: JobDeps["env"],
  named: { tenantId: string; invitationId: string },
): Promise<"sent" | "ended"> {
  const letter = await composeInvitation(call, named);
  if (letter === null) return "ended";
  const { to, ...facts } = letter;
  await sendMail({ database: call.database, env }, { to, ...(await writeInvitation(facts)) });
  return "sent";
}

/** Sends the mail that an invitation, new or renewed, asks for; tries again while the mail server is away. */
export const sendInvitation = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "send-invitation", triggers: [{ event: memberInvited.name }], retries: 10 },
    async ({ event, step, runId: requestId }) => {
      const named = memberInvited.payload.parse(event.data);
      return step.run("mail", () => mailInvitation({ database, clock, newId, requestId }, env, named));
    },
  );
