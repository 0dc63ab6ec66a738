import type { receipts } from "@/db/schema";
import { splitReference } from "./domain/reference";
import { nameReferences } from "./name-references";
import type { Scope } from "@/server/verb";

export type ReceiptRow = typeof receipts.$inferSelect;

function receiptDto({ id, seq, at, actor, action, subject, body, hash }: ReceiptRow) {
  return { id, seq, at: at.toISOString(), actor, action, subject, body, hash };
}

/** Whom a receipt names inside: a member who was removed is no longer found by their membership. */
function personInside({ subject, body }: ReceiptRow): string | null {
  if (splitReference(subject).kind !== "member" || typeof body !== "object" || body === null) return null;
  const detail = "detail" in body ? body.detail : null;
  const userId = typeof detail === "object" && detail !== null && "userId" in detail ? detail.userId : null;
  return typeof userId === "string" ? `user:${userId}` : null;
}

/** Receipts with what their actors and subjects are called; null for what is gone or above the caller's clearance. */
export async function namedReceipts(scope: Scope, rows: readonly ReceiptRow[]) {
  const inside = rows.map(personInside);
  const names = await nameReferences(scope, [
    ...rows.flatMap(({ actor, subject }) => [actor, subject]),
    ...inside.filter((reference) => reference !== null),
  ]);
  return rows.map((row, index) => {
    const subject = names.get(row.subject) ?? names.get(inside[index] ?? "");
    return {
      ...receiptDto(row),
      actorName: names.get(row.actor)?.name ?? null,
      subjectName: subject?.name ?? null,
      subjectPath: subject?.path ?? null,
    };
  });
}
