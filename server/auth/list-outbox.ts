import { latestMessages } from "@/db/messages";
import type { Database } from "@/db/client";
import { notFound } from "@/server/kernel/errors";
import type { Env } from "@/server/platform/env";

export interface OutboxMessage {
  id: string;
  channel: "email" | "slack";
  recipient: string;
  subject: string;
  text: string;
  createdAt: string;
}

const SHOWN = 100;

/**
 * What would have been mailed, newest first, for the Outbox page. Open to whoever reaches the deployment, as it holds
 * the very links people sign in with; so NotFound in production, and wherever a mail server takes the mail.
 */
export async function listOutbox(
  database: Database,
  e: Pick<Env, "CONDUCTOR_MODE" | "SMTP_URL">,
): Promise<OutboxMessage[]> {
  if (e.CONDUCTOR_MODE === "production" || e.SMTP_URL !== undefined) throw notFound("page");
  const rows = await latestMessages(database, SHOWN);
  return rows.map(({ html: _html, createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }));
}
