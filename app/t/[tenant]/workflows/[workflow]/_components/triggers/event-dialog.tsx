"use client";

import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { FINISHED_STATUSES, RUN_FINISHED } from "@/server/triggers/domain/kinds";
import type { EventRow, TriggerPlace } from "./trigger-row";

interface Props {
  place: TriggerPlace;
  row?: EventRow;
  onClose: () => void;
}

const MONO = { input: { fontFamily: "var(--mono)" } };
const orNull = (text: string) => (text.trim() === "" ? null : text);

const blank = ({ sources }: TriggerPlace) => ({
  ...{ kind: sources.length === 0 ? "sent" : "finished", event: "", sourceWorkflowId: sources[0]?.id ?? "" },
  ...{ name: "", statuses: [...FINISHED_STATUSES] as string[], condition: "", expression: "", isEnabled: true },
});

function filled({ name, isEnabled, settings, source }: EventRow, place: TriggerPlace) {
  const { event, statuses, condition, expression } = settings;
  const isFinished = event === RUN_FINISHED;
  return {
    ...{ name, isEnabled, kind: isFinished ? "finished" : "sent", event: isFinished ? "" : event },
    sourceWorkflowId: source?.id ?? blank(place).sourceWorkflowId,
    statuses: statuses.length === 0 ? [...FINISHED_STATUSES] : [...statuses],
    ...{ condition: condition ?? "", expression: expression ?? "" },
  };
}

/** Lets the workflow be started by runs that finish, or by events that programs send; or alters that. */
export function EventDialog({ place, row, onClose }: Props) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: row === undefined ? blank(place) : filled(row, place),
    act: ({ name, isEnabled, kind, event, sourceWorkflowId, statuses, condition, expression }) => {
      const of =
        kind === "finished"
          ? { event: RUN_FINISHED, sourceWorkflowId, statuses: FINISHED_STATUSES.filter((s) => statuses.includes(s)) }
          : { event, statuses: [] };
      const wanted = { name, isEnabled, ...of, condition: orNull(condition), expression: orNull(expression) };
      return row === undefined
        ? client.triggers.createEvent.mutate({ workflowId: place.workflowId, ...wanted })
        : client.triggers.updateEvent.mutate({ triggerId: row.id, ...wanted });
    },
    said: "Saved.",
    onDone: onClose,
  });
  const isFinished = form.values.kind === "finished";
  return (
    <FormDialog
      title={row === undefined ? "Start on an event" : `Edit ${row.name}`}
      form={form}
      act={row === undefined ? "Add trigger" : "Save"}
      onClose={onClose}
    >
      <TextInput label="Name" placeholder="After the import" required data-autofocus {...form.field("name")} />
      <NativeSelect
        label="What happens"
        data={[
          ...(place.sources.length === 0 ? [] : [{ value: "finished", label: "A run of another workflow finishes" }]),
          { value: "sent", label: "A program sends an event" },
        ]}
        {...form.field("kind")}
      />
      {isFinished ? (
        <>
          <NativeSelect
            label="Workflow"
            data={place.sources.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.field("sourceWorkflowId")}
          />
          <Checkbox.Group label="How it ends" {...form.field("statuses")}>
            <div style={{ display: "flex", gap: 16, paddingTop: 4 }}>
              {FINISHED_STATUSES.map((status) => (
                <Checkbox key={status} size="sm" value={status} label={status} />
              ))}
            </div>
          </Checkbox.Group>
        </>
      ) : (
        <TextInput
          label="Event"
          description="As it is sent to POST /api/v1/events"
          placeholder="order.placed"
          required
          {...form.field("event")}
        />
      )}
      <TextInput
        label="Only if, as CEL over event"
        description="Left empty, each such event starts a run."
        placeholder={isFinished ? "event.data.output.total > 100" : "event.data.amount > 100"}
        styles={MONO}
        {...form.field("condition")}
      />
      <Textarea
        label="Input, as JSONata over event"
        description="Left empty, fields of event.data become the inputs of the same name."
        placeholder={isFinished ? '{ "order": event.data.output.id }' : '{ "order": event.data.id }'}
        rows={3}
        styles={MONO}
        {...form.field("expression")}
      />
      <Checkbox label="Enabled" {...form.field("isEnabled", { type: "checkbox" })} />
    </FormDialog>
  );
}
