import { writeIncidentTold } from "@/emails/incidents/incident-told";
import {
  type ClaimedMessages,
  claimMessages,
  incidentMessagePlanned,
  markSent,
  markUnsent,
  type MessageContext,
} from "@/server/incidents";
import { must } from "@/server/kernel/errors";
import { sendMail } from "@/server/platform/mailer";
import type { JobDeps } from "../deps";

type Sent = { state: "sent" | "over" | "given up" } | { state: "wait"; until: string };

async function send({ database }: MessageContext, env: JobDeps["env"], claimed: ClaimedMessages): Promise<void> {
  const { tenantName, incidents, name, to } = claimed;
  const letter = await writeIncidentTold({ tenantName, incidents });
  await sendMail({ database, env }, { to: must(to, "a mail has a reader"), ...letter, name });
}

/**
 * Sends a message that waits, with all that wait for the same reader. It is claimed before, so that nobody else sends it,
 * and marked after; a repeat after a crash in between goes out under the same name. Throws while the channel takes nothing.
 */
export async function sendMessage(ctx: MessageContext, env: JobDeps["env"], messageId: string): Promise<Sent> {
  const claimed = await claimMessages(ctx, messageId);
  if (claimed.state === "wait") return { state: "wait", until: claimed.until.toISOString() };
  if (claimed.state === "over") return claimed;
  try {
    await send(ctx, env, claimed);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    if ((await markUnsent(ctx, claimed, { failure })) === "given up") return { state: "given up" };
    throw error;
  }
  await markSent(ctx, claimed);
  return { state: "sent" };
}

/** Waits of one message: room for it comes each ten minutes at the latest. */
const WAITS_MAX = 200;

/** Sends each message about an incident; tries again while the mail server is away, and waits for room. */
export const sendIncidentMessage = ({ client, database, clock, newId, env }: JobDeps) =>
  client.createFunction(
    { id: "send-incident-message", triggers: [{ event: incidentMessagePlanned.name }], retries: 10 },
    async ({ event, step, runId: requestId }) => {
      const { tenantId, messageId } = incidentMessagePlanned.payload.parse(event.data);
      const ctx = { database, clock, newId, requestId, tenantId };
      for (let waits = 0; waits < WAITS_MAX; waits += 1) {
        const sent = await step.run(`send ${waits}`, () => sendMessage(ctx, env, messageId));
        if (!("until" in sent)) return { state: sent.state };
        await step.sleepUntil(`wait ${waits}`, sent.until);
      }
      return { state: "over" };
    },
  );
