import { noInput, defineRead } from "@/server/verb";
import { shiftsFrom } from "./domain/rotation";
import { findEscalation, findSchedules } from "./find-on-call";
import { loadOnCall, membersAmong } from "./load";

/** Shifts that are shown ahead. */
const SHIFTS_SHOWN = 6;
const GONE = "Somebody who is no member any more";

/** Who is on call by each schedule, now and next, and who is told when. */
export const getOnCall = defineRead({
  action: "incident.read",
  input: noInput,
  load: loadOnCall,
  read: async (scope) => {
    const { ctx, tx, now } = scope;
    const found = await findSchedules(tx, { tenantId: ctx.tenantId, now });
    const escalation = await findEscalation(tx, ctx.tenantId);
    const told = escalation.steps.flatMap(({ targets }) => targets);
    const people = await membersAmong(
      scope,
      new Set([
        ...found.flatMap(({ schedule, overrides }) => [...schedule.people, ...overrides.map(({ userId }) => userId)]),
        ...told.flatMap((target) => (target.kind === "person" ? target.userId : [])),
      ]),
    );
    const nameOf = (userId: string) => people.get(userId)?.name ?? GONE;
    const schedules = found.map(({ schedule, overrides }) => ({
      ...{ id: schedule.id, name: schedule.name, zone: schedule.zone, rotation: schedule.rotation },
      ...{ handoffAt: schedule.handoffAt, startsOn: schedule.startsOn, seenAt: schedule.updatedAt.toISOString() },
      people: schedule.people.map((userId) => ({
        memberId: people.get(userId)?.memberId ?? null,
        name: nameOf(userId),
      })),
      overrides: overrides.map(({ id, userId, startsAt, endsAt }) => ({
        ...{ id, name: nameOf(userId), startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      })),
      shifts: shiftsFrom(schedule, overrides, now, SHIFTS_SHOWN).map(({ userId, from, until, isOverride }) => ({
        ...{ name: nameOf(userId), isMember: people.has(userId), isMe: userId === ctx.principal.id, isOverride },
        ...{ from: from.toISOString(), until: until.toISOString() },
      })),
    }));
    const nameOfSchedule = (id: string) => schedules.find((schedule) => schedule.id === id)?.name ?? "a schedule";
    return {
      schedules,
      escalation: {
        isOwn: escalation.isOwn,
        steps: escalation.steps.map(({ afterMinutes, targets }) => ({
          afterMinutes,
          targets: targets.map((target) => {
            if (target.kind === "administrators") return { kind: target.kind, id: null, name: "Administrators" };
            return target.kind === "schedule"
              ? { kind: target.kind, id: target.scheduleId, name: nameOfSchedule(target.scheduleId) }
              : { kind: target.kind, id: people.get(target.userId)?.memberId ?? null, name: nameOf(target.userId) };
          }),
        })),
      },
    };
  },
});
