import { type Role, ROLES } from "@/policies/access/vocabulary";
import { isObject } from "@/server/kernel/json";

/** A receipt about a member, oldest first: `invitation.accept` or `member.update`. */
export interface MemberReceipt {
  seq: number;
  /** ISO 8601. */
  at: string;
  actor: string;
  action: string;
  detail: unknown;
}

/** Who gave a role, when, and the receipt that says so. */
export interface RoleGrant {
  /** Such as `user:usr_…`. */
  actor: string;
  at: string;
  receipt: number;
}

const rolesIn = (rights: unknown): Role[] =>
  isObject(rights) && Array.isArray(rights.roles)
    ? ROLES.filter((role) => (rights.roles as unknown[]).includes(role))
    : [];

/** The invitation that a receipt of a membership's beginning names; null for other receipts. */
export const invitationIn = ({ action, detail }: MemberReceipt): string | null =>
  action === "invitation.accept" && isObject(detail) && typeof detail.invitationId === "string"
    ? detail.invitationId
    : null;

/** Of each role that the receipts leave a member with, the grant by which they have it. Whoever invited gave what came with it. */
export function roleGrants(
  receipts: readonly MemberReceipt[],
  inviterOf: (invitationId: string) => string | undefined,
): Map<Role, RoleGrant> {
  const grants = new Map<Role, RoleGrant>();
  for (const receipt of receipts) {
    const { seq, at, actor, detail } = receipt;
    const invitationId = invitationIn(receipt);
    if (invitationId !== null) {
      for (const role of rolesIn(detail))
        grants.set(role, { actor: inviterOf(invitationId) ?? actor, at, receipt: seq });
      continue;
    }
    if (!isObject(detail)) continue;
    const [before, after] = [rolesIn(detail.before), rolesIn(detail.after)];
    for (const role of before) if (!after.includes(role)) grants.delete(role);
    for (const role of after) if (!before.includes(role)) grants.set(role, { actor, at, receipt: seq });
  }
  return grants;
}
