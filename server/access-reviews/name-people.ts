import { inArray } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Person } from "./domain/evidence";

/** Names and addresses of people, by user id. */
export async function namePeople(tx: Tx, userIds: Iterable<string>): Promise<Map<string, Person>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}
