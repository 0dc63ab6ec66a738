import { and, asc, eq, inArray } from "drizzle-orm";
import { receipts } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Role } from "@/policies/access/vocabulary";
import { isObject } from "@/server/kernel/json";
import { invitationIn, type MemberReceipt, type RoleGrant, roleGrants } from "./domain/role-grants";

type Found = MemberReceipt & { subject: string };

async function receiptsOn(tx: Tx, tenantId: string, subjects: string[], actions: string[]): Promise<Found[]> {
  if (subjects.length === 0) return [];
  const rows = await tx
    .select({
      ...{ subject: receipts.subject, seq: receipts.seq, at: receipts.at, actor: receipts.actor },
      ...{ action: receipts.action, body: receipts.body },
    })
    .from(receipts)
    .where(and(eq(receipts.tenantId, tenantId), inArray(receipts.subject, subjects), inArray(receipts.action, actions)))
    .orderBy(asc(receipts.seq));
  return rows.map(({ at, body, ...row }) => ({
    ...{ ...row, at: at.toISOString(), detail: isObject(body) ? body.detail : null },
  }));
}

/** Who gave each member the roles that they have, as the receipts tell: two queries, however many members. */
export async function listRoleGrants(
  tx: Tx,
  tenantId: string,
  memberIds: readonly string[],
): Promise<Map<string, Map<Role, RoleGrant>>> {
  const subjects = memberIds.map((id) => `member:${id}`);
  const found = await receiptsOn(tx, tenantId, subjects, ["invitation.accept", "member.update"]);
  const invitationIds = found.map(invitationIn).filter((id) => id !== null);
  const invited = await receiptsOn(
    ...([tx, tenantId] as const),
    invitationIds.map((id) => `invitation:${id}`),
    ["member.invite", "auditor.grant"],
  );
  const inviters = new Map(invited.map(({ subject, actor }) => [subject, actor]));
  const byMember = Map.groupBy(found, ({ subject }) => subject.slice("member:".length));
  return new Map(
    memberIds.map((id) => [
      id,
      roleGrants(byMember.get(id) ?? [], (invitationId) => inviters.get(`invitation:${invitationId}`)),
    ]),
  );
}
