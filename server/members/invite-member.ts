import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { z } from "zod";
import { invitations, members, users } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import { conflict, limitReached, must } from "@/server/kernel/errors";
import { type DomainEvent, eventOf } from "@/server/kernel/event";
import type { Json } from "@/server/kernel/json";
import { defineWrite, type Loaded, requireKnownRegion, type Scope } from "@/server/verb";
import { authoriseGrant } from "./authorise-grant";
import type { Auditing } from "./domain/auditor";
import { invitationEnd } from "./domain/invitation";
import { type InvitationDto, invitationDto } from "./dto";
import { memberInvited } from "./events";
import { loadMembers, lockTenant } from "./load";
import { inviteMemberSchema } from "./schemas";

/** Invitations a tenant may send in an hour: enough to bring in a department, too few to mail a list of strangers. */
const PER_HOUR = 50;
const HOUR_MS = 3_600_000;

async function refuseFlood({ ctx, tx, now }: Scope): Promise<void> {
  const [sent] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(invitations)
    .where(and(eq(invitations.tenantId, ctx.tenantId), gt(invitations.createdAt, new Date(now.getTime() - HOUR_MS))));
  if (sent !== undefined && sent.count >= PER_HOUR)
    throw limitReached(`A tenant may invite ${PER_HOUR} people an hour. Try again later.`, { limit: PER_HOUR });
}

async function refuseKnown({ ctx, tx, now }: Scope, email: string): Promise<void> {
  const [member] = await tx
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, ctx.tenantId), eq(users.email, email), isStanding(now)));
  if (member !== undefined) throw conflict(`${email} is a member already.`, { field: "email" });
  const open = and(
    eq(invitations.tenantId, ctx.tenantId),
    eq(invitations.email, email),
    eq(invitations.status, "pending"),
  );
  await tx
    .update(invitations)
    .set({ status: "revoked" })
    .where(and(open, lte(invitations.expiresAt, now)));
  const [pending] = await tx.select({ id: invitations.id }).from(invitations).where(open);
  if (pending !== undefined)
    throw conflict(`${email} is invited already. Resend or revoke that invitation.`, { field: "email" });
}

/** Everything about who governs a tenant is decided in turn. */
export async function loadInviting(scope: Scope): Promise<Loaded> {
  await lockTenant(scope.tx, scope.ctx.tenantId);
  return loadMembers(scope);
}

/** What an invitation gives; left out: the inviter's own region and unit, and clearance `internal`. */
type Offered = Pick<z.output<typeof inviteMemberSchema>, "email" | "roles" | "region" | "businessUnit" | "clearance">;

/** Makes an invitation, of which the mail follows from the event; `inviteMember` says what it refuses. */
export async function makeInvitation(
  scope: Scope,
  found: Loaded,
  input: Offered,
  auditing: Auditing | null,
): Promise<{ value: InvitationDto; subject: string; detail: Json; events: DomainEvent[] }> {
  const { ctx, tx, now } = scope;
  authoriseGrant(ctx, "member.invite", found, input.roles);
  requireKnownRegion(input.region);
  await refuseKnown(scope, input.email);
  await refuseFlood(scope);
  const { region = ctx.principal.region, businessUnit = ctx.principal.businessUnit, clearance = "internal" } = input;
  const { engagement = null, until = null } = auditing ?? {};
  const [row] = await tx
    .insert(invitations)
    .values({
      ...{ tenantId: ctx.tenantId, id: ctx.newId("invitation"), email: input.email, roles: input.roles },
      ...{ region, businessUnit, clearance, invitedBy: ctx.principal.id, engagement, auditorUntil: until },
      ...{ createdAt: now, expiresAt: invitationEnd(now) },
    })
    .returning();
  const made = invitationDto(must(row, "an insert returns its row"), now);
  const auditor = auditing === null ? {} : { engagement, until: made.auditorUntil };
  return {
    value: made,
    subject: `invitation:${made.id}`,
    detail: { email: made.email, roles: made.roles, region, businessUnit, clearance, ...auditor },
    events: [eventOf(memberInvited, { tenantId: ctx.tenantId, invitationId: made.id })],
  };
}

/**
 * Invites an address with the rights it will have; the mail follows from the event. Refuses roles that the caller may
 * not give (Forbidden), an address that is a member or invited (Conflict), and more than 50 in an hour (LimitReached).
 */
export const inviteMember = defineWrite({
  action: "member.invite",
  receipt: "member.invite",
  input: inviteMemberSchema,
  load: loadInviting,
  write: (scope, input, found) => makeInvitation(scope, found, input, null),
});
