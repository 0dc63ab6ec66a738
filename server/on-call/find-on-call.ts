import { and, arrayOverlaps, asc, eq, gt, inArray } from "drizzle-orm";
import { escalationPolicies, members, onCallOverrides, onCallSchedules } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import type { Tx } from "@/db/tenancy";
import { defaultSteps, type EscalationStep, type EscalationTarget } from "./domain/escalation";
import { shiftAt } from "./domain/rotation";

/** The most administrators who are told. */
const MOST_ADMINISTRATORS = 50;

interface Asked {
  tenantId: string;
  now: Date;
}

/** The tenant's schedules by name, with the overrides that are not over. */
export async function findSchedules(tx: Tx, { tenantId, now }: Asked) {
  const schedules = await tx
    .select()
    .from(onCallSchedules)
    .where(eq(onCallSchedules.tenantId, tenantId))
    .orderBy(asc(onCallSchedules.name));
  const overrides = await tx
    .select()
    .from(onCallOverrides)
    .where(and(eq(onCallOverrides.tenantId, tenantId), gt(onCallOverrides.endsAt, now)))
    .orderBy(asc(onCallOverrides.startsAt), asc(onCallOverrides.id));
  return schedules.map((schedule) => ({
    schedule,
    overrides: overrides.filter(({ scheduleId }) => scheduleId === schedule.id),
  }));
}

/** Who is told when, as the tenant has set it or by default. */
export async function findEscalation(tx: Tx, tenantId: string): Promise<{ steps: EscalationStep[]; isOwn: boolean }> {
  const [policy] = await tx.select().from(escalationPolicies).where(eq(escalationPolicies.tenantId, tenantId));
  if (policy !== undefined) return { steps: policy.steps, isOwn: true };
  const schedules = await tx
    .select({ id: onCallSchedules.id })
    .from(onCallSchedules)
    .where(eq(onCallSchedules.tenantId, tenantId))
    .orderBy(asc(onCallSchedules.name));
  return { steps: defaultSteps(schedules.map(({ id }) => id)), isOwn: false };
}

/** The tenant's administrators as user ids, the longest members first, fifty at most. */
export async function findAdministrators(tx: Tx, tenantId: string): Promise<string[]> {
  const rows = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), arrayOverlaps(members.roles, ["tenant_admin", "conductor_admin"])))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(MOST_ADMINISTRATORS);
  return rows.map(({ userId }) => userId);
}

/** Whom these targets are now, as user ids of members. Where that is nobody any more, administrators: an incident is told to somebody. */
export async function findPeople(tx: Tx, asked: Asked, targets: readonly EscalationTarget[]): Promise<string[]> {
  const { tenantId, now } = asked;
  const people = new Set<string>();
  const schedules = await findSchedules(tx, asked);
  for (const target of targets) {
    if (target.kind === "person") people.add(target.userId);
    if (target.kind === "administrators")
      for (const userId of await findAdministrators(tx, tenantId)) people.add(userId);
    if (target.kind !== "schedule") continue;
    const found = schedules.find(({ schedule }) => schedule.id === target.scheduleId);
    const shift = found === undefined ? null : shiftAt(found.schedule, found.overrides, now);
    if (shift !== null) people.add(shift.userId);
  }
  const present = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), inArray(members.userId, [...people]), isStanding(now)))
    .orderBy(asc(members.userId));
  return present.length > 0 ? present.map(({ userId }) => userId) : findAdministrators(tx, tenantId);
}
