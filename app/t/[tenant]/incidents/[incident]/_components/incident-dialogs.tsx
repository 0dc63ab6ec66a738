"use client";

import { Checkbox, Textarea } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { statusWord } from "@/app/_shared/status";
import { WordSelect } from "@/app/_shared/word-select";
import { useTRPCClient } from "@/app/_trpc/client";
import { SEVERITIES } from "@/server/incidents/domain/severity";
import { isUnresolved, type IncidentStatus } from "@/server/incidents/domain/status";
import { severityChoice } from "../../_components/severity-choice";
import type { ActedOn } from "./acted-on";

interface Props {
  incident: ActedOn;
  onClose: () => void;
}

/** Brings an incident to another status, from the one that was read. */
export function MoveDialog({ incident, onClose }: Props) {
  const { id: incidentId, status: fromStatus, next } = incident;
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { toStatus: next[0] ?? fromStatus, note: "" },
    act: (values: { toStatus: IncidentStatus; note: string }) =>
      client.incidents.move.mutate({ incidentId, fromStatus, ...values }),
    said: "Status changed",
    onDone: onClose,
  });
  const say = (status: IncidentStatus) =>
    status === "open" && !isUnresolved(fromStatus) ? "Open again" : statusWord(status);
  return (
    <FormDialog title="Change the status" form={form} act="Change status" onClose={onClose}>
      <WordSelect
        label={`From ${statusWord(fromStatus).toLowerCase()} to`}
        words={next}
        say={say}
        value={form.values.toStatus}
        onChange={(toStatus) => form.setValues({ toStatus })}
      />
      <Textarea label="What was found or done" autosize minRows={2} maxRows={8} {...form.field("note")} />
    </FormDialog>
  );
}

/** Says how bad it is, and why. */
export function RateDialog({ incident, onClose }: Props) {
  const { id: incidentId } = incident;
  const client = useTRPCClient();
  const others = SEVERITIES.filter((severity) => severity !== incident.severity);
  const form = useActionForm({
    initial: { severity: others[0] ?? incident.severity, reason: "" },
    act: (values) => client.incidents.rate.mutate({ incidentId, ...values }),
    said: "Severity changed",
    onDone: onClose,
  });
  return (
    <FormDialog title="How bad is it" form={form} act="Change severity" onClose={onClose}>
      <WordSelect
        label={`It is ${incident.severity} now`}
        words={others}
        say={severityChoice}
        value={form.values.severity}
        onChange={(severity) => form.setValues({ severity })}
      />
      <Textarea label="Why" autosize minRows={2} maxRows={8} {...form.field("reason")} />
    </FormDialog>
  );
}

/** A note for those who work on it, or an update for those who are affected. */
export function SayDialog({ incident, what, onClose }: Props & { what: "note" | "update" }) {
  const { id: incidentId } = incident;
  const client = useTRPCClient();
  const isNote = what === "note";
  const form = useActionForm({
    initial: { text: "", isPublic: incident.isPublic },
    act: async ({ text, isPublic }: { text: string; isPublic: boolean }) =>
      isNote
        ? client.incidents.note.mutate({ incidentId, text })
        : client.incidents.tell.mutate({ incidentId, text, isPublic }),
    said: isNote ? "Note added" : "Update written",
    onDone: onClose,
  });
  return (
    <FormDialog
      title={isNote ? "Add a note" : "Tell stakeholders"}
      form={form}
      act={isNote ? "Add note" : "Write update"}
      onClose={onClose}
    >
      <Textarea
        label={isNote ? "What was seen, tried or decided" : "What they should know"}
        description={isNote ? "It stays as it is written." : "What is affected, what is done, when they hear more."}
        autosize
        minRows={3}
        maxRows={12}
        data-autofocus
        {...form.field("text")}
      />
      {isNote || incident.isDrill ? null : (
        <Checkbox
          label="Public: on the status page, while this incident is"
          checked={form.values.isPublic}
          onChange={(event) => form.setValues({ isPublic: event.currentTarget.checked })}
        />
      )}
    </FormDialog>
  );
}
