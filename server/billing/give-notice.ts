import { recordEvents } from "@/db/outbox";
import { billingNotices } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { billingNoticed } from "./events";
import type { FoundNotice } from "./find-notices";

interface NoticeContext {
  tenantId: string;
  newId: NewId;
}

/** Puts notices on record and has them told, each once. Within the transaction that found them. Gives how many were new. */
export async function giveNotice(tx: Tx, { tenantId, newId }: NoticeContext, found: FoundNotice[], now: Date) {
  if (found.length === 0) return 0;
  const made = await tx
    .insert(billingNotices)
    .values(found.map(({ key, kind }) => ({ tenantId, key, kind, noticedAt: now })))
    .onConflictDoNothing()
    .returning({ key: billingNotices.key });
  const keys = new Set(made.map(({ key }) => key));
  const told = found
    .filter(({ key }) => keys.has(key))
    .map((notice) => eventOf(billingNoticed, { tenantId, ...notice }));
  recordEvents(tx, tenantId, newId, told);
  return told.length;
}
