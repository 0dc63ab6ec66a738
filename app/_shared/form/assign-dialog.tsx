"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { FormDialog } from "./form-dialog";
import { useActionForm } from "./use-action-form";

export interface Assigned {
  /** Nobody yet when left out. */
  memberId?: string | undefined;
  /** As it was when left out. */
  dueAt?: string | undefined;
}

export interface AssignProps {
  given: { memberId: string | null; dueAt: string };
  members: { id: string; name: string }[];
  act: (assigned: Assigned) => Promise<unknown>;
}

/** The day that a moment is of, in UTC, as a date field takes it. */
const dayOf = (at: string) => at.slice(0, 10);

/** Says who sees to something, and by when. */
export function AssignDialog({ given, members, act, onClose }: AssignProps & { onClose: () => void }) {
  const form = useActionForm({
    initial: { memberId: given.memberId ?? "", dueAt: dayOf(given.dueAt) },
    act: ({ memberId, dueAt }: { memberId: string; dueAt: string }) =>
      act({
        memberId: memberId === "" ? undefined : memberId,
        // A day is over when it ends; a day that was not touched keeps its hour.
        ...(dayOf(given.dueAt) === dueAt ? {} : { dueAt: `${dueAt}T23:59:59.000Z` }),
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
