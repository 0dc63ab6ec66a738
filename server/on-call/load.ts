import { and, eq, inArray } from "drizzle-orm";
import { members, onCallOverrides, onCallSchedules, users } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import { lockTenant } from "@/server/members";
import type { Scope } from "@/server/verb";

/** Who is on call is part of what policy says about incidents. */
export async function loadOnCall({ ctx }: Scope) {
  return { resource: { subject: "incident" as const, tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}

/** The same with the tenant locked: whoever changes schedules takes turns. */
export async function loadOnCallForChange(scope: Scope) {
  await lockTenant(scope.tx, scope.ctx.tenantId);
  return loadOnCall(scope);
}

/** A schedule of this tenant, the tenant locked; throws NotFound. */
export async function loadSchedule(scope: Scope, { scheduleId }: { scheduleId: string }) {
  const { ctx, tx } = scope;
  const { resource } = await loadOnCallForChange(scope);
  const [schedule] = await tx
    .select()
    .from(onCallSchedules)
    .where(and(eq(onCallSchedules.tenantId, ctx.tenantId), eq(onCallSchedules.id, scheduleId)));
  if (schedule === undefined) throw notFound("on-call schedule");
  return { schedule, resource, subject: `on_call_schedule:${scheduleId}` };
}

/** An override of this tenant, the tenant locked; throws NotFound. */
export async function loadOverride(scope: Scope, { overrideId }: { overrideId: string }) {
  const { ctx, tx } = scope;
  const { resource } = await loadOnCallForChange(scope);
  const [override] = await tx
    .select()
    .from(onCallOverrides)
    .where(and(eq(onCallOverrides.tenantId, ctx.tenantId), eq(onCallOverrides.id, overrideId)));
  if (override === undefined) throw notFound("override");
  return { override, resource, subject: `on_call_schedule:${override.scheduleId}` };
}

/** The user ids of members, in their order; throws NotFound where one is none. */
export async function userIdsOf({ ctx, tx }: Scope, memberIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: members.id, userId: members.userId })
    .from(members)
    .where(and(eq(members.tenantId, ctx.tenantId), inArray(members.id, [...memberIds])));
  return memberIds.map((memberId) => {
    const row = rows.find(({ id }) => id === memberId);
    if (row === undefined) throw notFound("member");
    return row.userId;
  });
}

/** What members are called, by user id; who is none any more is left out. */
export async function membersAmong({ ctx, tx }: Scope, userIds: Iterable<string>) {
  const rows = await tx
    .select({ memberId: members.id, userId: users.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, ctx.tenantId), inArray(members.userId, [...userIds])));
  return new Map(rows.map(({ memberId, userId, name, email }) => [userId, { memberId, name: name ?? email }]));
}
