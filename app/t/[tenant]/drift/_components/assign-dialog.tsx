"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

export interface AssignProps {
  task: { id: string; memberId: string | null; dueAt: string };
  members: { id: string; name: string }[];
}

/** The day that a moment is of, in UTC, as a date field takes it. */
const dayOf = (at: string) => at.slice(0, 10);

/** Says who sees to a difference, and by when. */
export function AssignDialog({ task, members, onClose }: AssignProps & { onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { memberId: task.memberId ?? "", dueAt: dayOf(task.dueAt) },
    act: ({ memberId, dueAt }: { memberId: string; dueAt: string }) =>
      client.drift.assign.mutate({
        ...{ taskId: task.id, memberId: memberId === "" ? undefined : memberId },
        // A day is over when it ends; a day that was not touched keeps its hour.
        ...(dayOf(task.dueAt) === dueAt ? {} : { dueAt: `${dueAt}T23:59:59.000Z` }),
      }),
    said: "Assigned",
    onDone: onClose,
  });
  const choices = [{ value: "", label: "Nobody yet" }, ...members.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <FormDialog title="Who sees to it" form={form} act="Assign" onClose={onClose}>
      <NativeSelect label="Owner" data={choices} {...form.field("memberId")} />
      <TextInput label="Due, at the end of the day in UTC" type="date" {...form.field("dueAt")} />
    </FormDialog>
  );
}
