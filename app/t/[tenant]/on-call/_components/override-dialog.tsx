"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

interface Props {
  scheduleId: string;
  members: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** A moment of the reader's own clock, as the field for it takes it. */
function fieldOf(at: Date): string {
  const shown = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shown.toISOString().slice(0, 16);
}

/** What is no moment is told by the server. */
const momentOf = (field: string) => {
  const at = new Date(field);
  return Number.isNaN(at.getTime()) ? field : at.toISOString();
};

const HOUR_MS = 3_600_000;

/** Somebody else for a while. */
export function OverrideDialog({ scheduleId, members, onClose }: Props) {
  const client = useTRPCClient();
  const now = new Date();
  const form = useActionForm({
    initial: {
      memberId: members[0]?.id ?? "",
      ...{ startsAt: fieldOf(now), endsAt: fieldOf(new Date(now.getTime() + 8 * HOUR_MS)) },
    },
    act: ({ memberId, startsAt, endsAt }) =>
      client.onCall.addOverride.mutate({
        ...{ scheduleId, memberId, startsAt: momentOf(startsAt), endsAt: momentOf(endsAt) },
      }),
    said: "On call for that time",
    onDone: onClose,
  });
  return (
    <FormDialog title="Put somebody else on call" form={form} act="Put on call" onClose={onClose}>
      <NativeSelect
        label="Who"
        data={members.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field("memberId")}
      />
      <TextInput label="From, by your clock" type="datetime-local" {...form.field("startsAt")} />
      <TextInput label="Until, by your clock" type="datetime-local" {...form.field("endsAt")} />
    </FormDialog>
  );
}
