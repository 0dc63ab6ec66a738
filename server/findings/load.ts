import { and, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { findings, members, users } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";
import { ticketOf } from "./domain/finding";

/** The tenant's findings at large, as policy sees them. */
export const loadFindings = async ({ ctx }: Pick<Scope, "ctx">) => ({
  resource: { subject: "finding" as const, tenantId: ctx.tenantId },
  subject: `tenant:${ctx.tenantId}`,
});

const readyUsers = alias(users, "ready_users");

/** Findings of the tenant with the people that they name; the owner's member is null for somebody who left. */
export const selectFindings = ({ tx }: Pick<Scope, "tx">) =>
  tx
    .select({
      ...{ finding: findings, name: users.name, email: users.email, memberId: members.id },
      ...{ readyName: readyUsers.name, readyEmail: readyUsers.email },
    })
    .from(findings)
    .leftJoin(users, eq(users.id, findings.ownerId))
    .leftJoin(members, and(eq(members.tenantId, findings.tenantId), eq(members.userId, findings.ownerId)))
    .leftJoin(readyUsers, eq(readyUsers.id, findings.readyBy));

export type FindingRow = Awaited<ReturnType<typeof selectFindings>>[number];

/** One finding of the tenant; throws NotFound, for another tenant's alike. */
export async function loadFinding(scope: Scope, { findingId }: { findingId: string }) {
  const own = and(eq(findings.tenantId, scope.ctx.tenantId), eq(findings.id, findingId));
  const [row] = await selectFindings(scope).where(own);
  if (row === undefined) throw notFound("finding");
  return { ...(await loadFindings(scope)), subject: `finding:${findingId}`, row };
}

const moment = (at: Date | null) => at?.toISOString() ?? null;

/** A finding as people see it. */
export function findingDto({ finding, name, email, memberId, readyName, readyEmail }: FindingRow) {
  const { id, number, key, checkId, control, severity, title, detail, remedy, status, auditId, times } = finding;
  const { evidenceDigest, ownerId, readyBy, readyNote, retestBy, retestReason, acceptedReason } = finding;
  return {
    ...{ id, ticket: ticketOf(number), key, checkId, control, severity, title, detail, remedy, status, auditId, times },
    ...{ evidenceDigest, readyNote, retestReason, acceptedReason, isBeingTested: retestBy !== null },
    ...{ dueAt: finding.dueAt.toISOString(), openedAt: finding.openedAt.toISOString() },
    ...{ seenAt: finding.seenAt.toISOString(), retestedAt: moment(finding.retestedAt) },
    ...{ closedAt: moment(finding.closedAt), acceptedUntil: moment(finding.acceptedUntil) },
    owner: ownerId === null ? null : { memberId, userId: ownerId, name: name ?? email ?? ownerId },
    readyBy: readyBy === null ? null : { userId: readyBy, name: readyName ?? readyEmail ?? readyBy },
  };
}
