import { and, desc, eq, isNull } from "drizzle-orm";
import { billingChanges } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { ChangeStatus } from "./domain/inbox";

export type Change = typeof billingChanges.$inferSelect;

/** The change of a tenant's plan that is under way: being told, waiting to be paid or scheduled; null while there is none. */
export async function openChange(tx: Tx, tenantId: string): Promise<Change | null> {
  const [row] = await tx
    .select()
    .from(billingChanges)
    .where(and(eq(billingChanges.tenantId, tenantId), isNull(billingChanges.settledAt)));
  return row ?? null;
}

/** The change that was ordered last, whatever became of it. */
export async function lastChange(tx: Tx, tenantId: string): Promise<Change | null> {
  const [row] = await tx
    .select()
    .from(billingChanges)
    .where(eq(billingChanges.tenantId, tenantId))
    .orderBy(desc(billingChanges.orderedAt), desc(billingChanges.id))
    .limit(1);
  return row ?? null;
}

type Marks = Partial<Pick<Change, "status" | "url" | "dueAt" | "settledAt">>;

/** Puts on record how a change stands. */
export async function markChange(tx: Tx, { tenantId, id }: Pick<Change, "id" | "tenantId">, marks: Marks) {
  const { tenantId: tenant, id: change } = billingChanges;
  await tx
    .update(billingChanges)
    .set(marks)
    .where(and(eq(tenant, tenantId), eq(change, id)));
}

/** Closes whatever change is under way, as something else takes its place. */
export async function closeChanges(tx: Tx, tenantId: string, status: ChangeStatus, now: Date): Promise<void> {
  const { tenantId: tenant, settledAt } = billingChanges;
  await tx
    .update(billingChanges)
    .set({ status, settledAt: now })
    .where(and(eq(tenant, tenantId), isNull(settledAt)));
}
