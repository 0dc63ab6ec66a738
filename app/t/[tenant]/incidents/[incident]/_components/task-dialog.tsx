"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

interface Props {
  incidentId: string;
  members: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** Something that is to be done about an incident. */
export function TaskDialog({ incidentId, members, onClose }: Props) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { title: "", ownerId: "", dueAt: "" },
    act: ({ title, ownerId, dueAt }: { title: string; ownerId: string; dueAt: string }) =>
      client.incidents.addTask.mutate({
        ...{ incidentId, title },
        ...(ownerId === "" ? {} : { ownerId }),
        // A day is over when it ends.
        ...(dueAt === "" ? {} : { dueAt: `${dueAt}T23:59:59.000Z` }),
      }),
    said: "Task added",
    onDone: onClose,
  });
  const choices = [{ value: "", label: "Nobody yet" }, ...members.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <FormDialog title="Add a task" form={form} act="Add task" onClose={onClose}>
      <TextInput label="What is to be done" data-autofocus {...form.field("title")} />
      <NativeSelect label="Owner" data={choices} {...form.field("ownerId")} />
      <TextInput label="Due, at the end of the day in UTC" type="date" {...form.field("dueAt")} />
    </FormDialog>
  );
}
