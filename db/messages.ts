import { desc } from "drizzle-orm";
import { ID_PREFIXES, type NewId } from "@/server/kernel/ids";
import type { Database } from "./client";
import { messages } from "./schema";
import { withoutTenant } from "./tenancy";

/** What holds the messages of a deployment that has no mail server. */
export interface MessageStore {
  database: Database;
  newId: NewId;
}

export type Message = typeof messages.$inferSelect;

/** Keeps a message where the Outbox page shows it; one that is named (an id, such as `inm_…`) is kept once. */
export async function keepMessage(
  { database, newId }: MessageStore,
  message: Pick<Message, "channel" | "recipient" | "subject" | "text" | "html">,
  name?: string,
): Promise<void> {
  const id = name === undefined ? newId("message") : name.replace(/^\w+_/, `${ID_PREFIXES.message}_`);
  await withoutTenant({ database }, (tx) =>
    tx
      .insert(messages)
      .values({ id, ...message })
      .onConflictDoNothing(),
  );
}

/** The latest messages, newest first. */
export async function latestMessages(database: Database, limit: number): Promise<Message[]> {
  return withoutTenant({ database }, (tx) => tx.select().from(messages).orderBy(desc(messages.id)).limit(limit));
}
