import { and, eq, isNull, sql } from "drizzle-orm";
import { auditorGrants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { conflict, invalid } from "@/server/kernel/errors";
import { type Auditing, refuseEnd } from "./domain/auditor";
import type { MemberRow } from "./load";

/** Refuses an end that is past, or more than 90 days away (Invalid). */
export function requireEnd(until: Date, now: Date): void {
  const why = refuseEnd(until, now);
  if (why !== null) throw invalid(why, { fields: [{ path: "until", message: why }] });
}

/** A member who is an auditor, and until when; throws Conflict for any other. */
export function requireAuditor({ auditorUntil }: MemberRow): Date {
  if (auditorUntil === null) throw conflict("This member is no auditor.");
  return auditorUntil;
}

/** Keeps what an auditor is let in for, from this moment on. */
export async function keepGrant(
  tx: Tx,
  { engagement, until, ...grant }: Auditing & { tenantId: string; memberId: string; userId: string; grantedBy: string },
  now: Date,
): Promise<void> {
  await tx.insert(auditorGrants).values({ ...grant, engagement, startsAt: now, endsAt: until });
}

/** Keeps that an auditor's membership is over: now, or when its time was. Of any other membership it does nothing. */
export async function endGrant(tx: Tx, tenantId: string, memberId: string, now: Date): Promise<void> {
  await tx
    .update(auditorGrants)
    .set({ endedAt: sql`least(${now.toISOString()}::timestamptz, ${auditorGrants.endsAt})` })
    .where(
      and(eq(auditorGrants.tenantId, tenantId), eq(auditorGrants.memberId, memberId), isNull(auditorGrants.endedAt)),
    );
}
