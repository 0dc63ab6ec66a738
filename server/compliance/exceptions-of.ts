import { and, desc, eq } from "drizzle-orm";
import { controlExceptionEnds, controlExceptions } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { ControlException } from "./domain/exception";

export interface ExceptionRow extends ControlException {
  control: string;
  recordedBy: string;
  endedBy: string | null;
}

/** Every gap that a tenant has ever accepted, of one control or of all, newest first. */
export async function exceptionsOf(tx: Tx, tenantId: string, control?: string): Promise<ExceptionRow[]> {
  const [its, end] = [controlExceptions, controlExceptionEnds];
  const rows = await tx
    .select({ exception: its, endedAt: end.endedAt, endedBy: end.endedBy })
    .from(its)
    .leftJoin(end, and(eq(end.tenantId, its.tenantId), eq(end.exceptionId, its.id)))
    .where(and(eq(its.tenantId, tenantId), control === undefined ? undefined : eq(its.control, control)))
    .orderBy(desc(its.recordedAt), desc(its.id));
  return rows.map(({ exception: { tenantId: _, ...exception }, endedAt, endedBy }) => ({
    ...{ ...exception, endedAt, endedBy },
  }));
}
