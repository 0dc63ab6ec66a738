import { z } from "zod";
import { idSchema, momentSchema, nameSchema } from "@/server/kernel/schemas";
import { ROTATIONS } from "./domain/rotation";
import { isZone } from "./domain/zone-time";

/** People of one schedule, schedules of a tenant, steps of its escalation and minutes that one may wait. */
const PEOPLE_MAX = 50;
const STEPS_MAX = 10;
const MINUTES_MAX = 24 * 60;

const scheduleId = idSchema("onCallSchedule");

const rotates = {
  name: nameSchema,
  zone: z.string().max(60).refine(isZone, "must be a time zone, such as Europe/Berlin"),
  rotation: z.enum(ROTATIONS),
  handoffAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, such as 09:00"),
  startsOn: z.iso.date(),
  /** In the order of their turns. */
  memberIds: z
    .array(idSchema("member"))
    .min(1, "must name somebody")
    .max(PEOPLE_MAX)
    .refine((ids) => new Set(ids).size === ids.length, "must name each person once"),
};

export const createScheduleSchema = z.strictObject(rotates);
export const updateScheduleSchema = z.strictObject({
  ...{ scheduleId, ...rotates },
  /** When what was read was saved: a change of anything else does not count. */
  seenAt: momentSchema,
});
export const removeScheduleSchema = z.strictObject({ scheduleId });

export const addOverrideSchema = z
  .strictObject({ scheduleId, memberId: idSchema("member"), startsAt: momentSchema, endsAt: momentSchema })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ["endsAt"], error: "must be after its start" });
export const removeOverrideSchema = z.strictObject({ overrideId: idSchema("onCallOverride") });

const targetSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("schedule"), scheduleId }),
  z.strictObject({ kind: z.literal("person"), memberId: idSchema("member") }),
  z.strictObject({ kind: z.literal("administrators") }),
]);

export const setEscalationSchema = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        afterMinutes: z.int().min(0).max(MINUTES_MAX),
        targets: z.array(targetSchema).min(1, "must tell somebody").max(20),
      }),
    )
    .min(1, "must have a step")
    .max(STEPS_MAX)
    .refine(
      (steps) => steps.every(({ afterMinutes }, place) => afterMinutes > (steps[place - 1]?.afterMinutes ?? -1)),
      "must wait longer with each step",
    ),
});
