import { and, desc, eq, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { receipts, users } from "@/db/schema";
import type { Scope } from "@/server/verb";
import { nameOfMachine, splitReference } from "./domain/reference";

/** Who acted, for those that are no person; which one it was would cost a join, and the receipt's page tells it. */
const OTHERS: Readonly<Record<string, string>> = {
  api_key: "An API key",
  trigger: "A trigger",
  run: "A run that called it",
};
const otherActor = (actor: string) => nameOfMachine(actor) ?? OTHERS[splitReference(actor).kind] ?? actor;

const latest = prepared("latest-receipts", (db) =>
  db
    .select({
      id: receipts.id,
      seq: receipts.seq,
      at: receipts.at,
      action: receipts.action,
      actor: receipts.actor,
      name: users.name,
      email: users.email,
    })
    .from(receipts)
    .leftJoin(users, and(sql`${receipts.actor} like 'user:%'`, eq(users.id, sql`substr(${receipts.actor}, 6)`)))
    .where(eq(receipts.tenantId, sql.placeholder("tenantId")))
    .orderBy(desc(receipts.seq))
    .limit(sql.placeholder("limit")),
);

/** The last receipts of the tenant in brief, newest first: what was done, by whom, when. One statement. */
export async function latestReceipts({ ctx, tx }: Pick<Scope, "ctx" | "tx">, limit: number) {
  const rows = await latest(tx, { tenantId: ctx.tenantId, limit });
  return rows.map(({ id, seq, at, action, actor, name, email }) => ({
    ...{ id, seq, at: at.toISOString(), action },
    actorName: name ?? email ?? otherActor(actor),
  }));
}
