"use client";

import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { scheduleFault } from "@/server/triggers/domain/schedule";
import { InputControls } from "../input-controls";
import { enteredOf, type Entered, type InputFields, readInput } from "../run-input";
import { NextSlots } from "./next-slots";
import type { ScheduleRow, TriggerPlace } from "./trigger-row";

interface Props {
  place: TriggerPlace;
  fields: InputFields;
  row?: ScheduleRow;
  onClose: () => void;
}

const CATCH_UP = [
  { value: "skip", label: "are skipped" },
  { value: "latest", label: "are made up for by one run, of the last of them" },
];

const under = (faults: Record<string, string>) =>
  Object.fromEntries(Object.entries(faults).map(([name, fault]) => [`input.${name}`, fault]));

/** Makes or alters a schedule; it shows when that would fire. */
export function ScheduleDialog({ place, fields, row, onClose }: Props) {
  const client = useTRPCClient();
  const [zones] = useState(() => [...new Set(["UTC", place.zone, ...Intl.supportedValuesOf("timeZone")])]);
  const form = useActionForm({
    initial: {
      name: row?.name ?? "",
      cron: row?.settings.cron ?? "0 9 * * 1-5",
      zone: row?.settings.zone ?? place.zone,
      catchUp: row?.settings.catchUp ?? "skip",
      isEnabled: row?.isEnabled ?? true,
      input: enteredOf(fields, row?.settings.input ?? {}),
    },
    check: ({ input }: { input: Entered }) => under(readInput(fields, input).faults),
    act: ({ input, catchUp, ...values }) => {
      const wanted = {
        ...values,
        catchUp: catchUp === "latest" ? ("latest" as const) : ("skip" as const),
        input: readInput(fields, input).input,
      };
      return row === undefined
        ? client.triggers.createSchedule.mutate({ workflowId: place.workflowId, ...wanted })
        : client.triggers.updateSchedule.mutate({ triggerId: row.id, ...wanted });
    },
    said: "Saved.",
    onDone: onClose,
  });
  const { cron, zone } = form.values;
  const fault = scheduleFault({ cron, zone });
  const faultOf = (field: "cron" | "zone") => (fault?.field === field ? { error: fault.message } : {});
  return (
    <FormDialog
      title={row === undefined ? "Add a schedule" : `Edit ${row.name}`}
      form={form}
      act={row === undefined ? "Add schedule" : "Save"}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="Each morning" required data-autofocus {...form.field("name")} />
      <TextInput
        label="Schedule"
        description="Cron: minute, hour, day of month, month, day of week"
        required
        styles={{ input: { fontFamily: "var(--mono)" } }}
        {...form.field("cron")}
        {...faultOf("cron")}
      />
      <NativeSelect label="Time zone" data={zones} {...form.field("zone")} {...faultOf("zone")} />
      {fault === null ? <NextSlots cron={cron} zone={zone} readerZone={place.zone} /> : null}
      <NativeSelect label="Times that passed while nothing ran" data={CATCH_UP} {...form.field("catchUp")} />
      <InputControls fields={fields} field={(name, options) => form.field(`input.${name}`, options)} />
      <Checkbox label="Enabled" {...form.field("isEnabled", { type: "checkbox" })} />
    </FormDialog>
  );
}
