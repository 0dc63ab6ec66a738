"use client";

import { MultiSelect, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { WordSelect } from "@/app/_shared/word-select";
import { useTRPCClient } from "@/app/_trpc/client";
import { type Rotation, ROTATIONS } from "@/server/on-call/domain/rotation";

export interface Turns {
  id: string;
  name: string;
  zone: string;
  rotation: Rotation;
  handoffAt: string;
  startsOn: string;
  seenAt: string;
  people: readonly { memberId: string | null; name: string }[];
}

export interface ScheduleFields {
  /** Null: a new one. */
  schedule: Turns | null;
  members: readonly { id: string; name: string }[];
  /** The reader's, which a new one begins with. */
  zone: string;
}

interface Values extends Record<string, unknown> {
  name: string;
  zone: string;
  rotation: Rotation;
  handoffAt: string;
  startsOn: string;
  memberIds: string[];
}

const valuesOf = (schedule: Turns | null, zone: string): Values => {
  if (schedule === null) {
    const startsOn = new Date().toISOString().slice(0, 10);
    return { name: "", zone, rotation: "weekly", handoffAt: "09:00", startsOn, memberIds: [] };
  }
  const { name, rotation, handoffAt, startsOn, people } = schedule;
  const memberIds = people.flatMap(({ memberId }) => memberId ?? []);
  return { name, zone: schedule.zone, rotation, handoffAt, startsOn, memberIds };
};

/** Who takes turns, and when they hand over. */
export function ScheduleDialog({ schedule, members, zone, onClose }: ScheduleFields & { onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: valuesOf(schedule, zone),
    act: (values: Values) =>
      schedule === null
        ? client.onCall.createSchedule.mutate(values)
        : client.onCall.updateSchedule.mutate({ ...values, scheduleId: schedule.id, seenAt: schedule.seenAt }),
    said: "Schedule saved",
    onDone: onClose,
  });
  return (
    <FormDialog
      title={schedule === null ? "Make a schedule" : "Change the schedule"}
      form={form}
      act="Save schedule"
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="Primary" data-autofocus {...form.field("name")} />
      <MultiSelect
        label="People, in the order of their turns"
        searchable
        data={members.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field("memberIds")}
      />
      <WordSelect
        label="They change"
        words={ROTATIONS}
        say={(rotation) => (rotation === "daily" ? "each day" : "each week")}
        value={form.values.rotation}
        onChange={(rotation) => form.setValues({ rotation })}
      />
      <TextInput
        label="First day"
        description="Weeks begin on its day of the week."
        type="date"
        {...form.field("startsOn")}
      />
      <TextInput label="Hand-off at" type="time" {...form.field("handoffAt")} />
      <TextInput
        label="By the clocks of"
        description="A time zone, such as Europe/Berlin: summer and winter time are its own."
        {...form.field("zone")}
      />
    </FormDialog>
  );
}
