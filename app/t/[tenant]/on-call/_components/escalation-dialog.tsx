"use client";

import { Button, MultiSelect, NumberInput } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import classes from "./on-call.module.css";

export interface EscalationFields {
  escalation: {
    isOwn: boolean;
    steps: readonly {
      afterMinutes: number;
      targets: readonly { kind: "schedule" | "person" | "administrators"; id: string | null; name: string }[];
    }[];
  };
  schedules: readonly { id: string; name: string }[];
  members: readonly { id: string; name: string }[];
}

interface Step {
  afterMinutes: number;
  /** `administrators`, `schedule:<id>` or `person:<id>`. */
  targets: string[];
}

function targetOf(word: string) {
  const [kind, id = ""] = word.split(":");
  if (kind === "schedule") return { kind: "schedule" as const, scheduleId: id };
  return kind === "person" ? { kind: "person" as const, memberId: id } : { kind: "administrators" as const };
}

/** Who is told when. */
export function EscalationDialog({
  escalation,
  schedules,
  members,
  onClose,
}: EscalationFields & { onClose: () => void }) {
  const client = useTRPCClient();
  const initial: Step[] = escalation.steps.map(({ afterMinutes, targets }) => ({
    afterMinutes,
    // Who is no member any more is left out.
    targets: targets.flatMap(({ kind, id }) => {
      if (kind === "administrators") return kind;
      return id === null ? [] : `${kind}:${id}`;
    }),
  }));
  const form = useActionForm({
    initial: { steps: initial },
    act: ({ steps }: { steps: Step[] }) =>
      client.onCall.setEscalation.mutate({
        steps: steps.map(({ afterMinutes, targets }) => ({ afterMinutes, targets: targets.map(targetOf) })),
      }),
    said: "Escalation set",
    onDone: onClose,
  });
  const { steps } = form.values;
  const change = (place: number, over: Partial<Step>) =>
    form.setValues({ steps: steps.map((step, each) => (each === place ? { ...step, ...over } : step)) });
  const choices = [
    { value: "administrators", label: "Administrators" },
    ...schedules.map(({ id, name }) => ({ value: `schedule:${id}`, label: `Whoever is on call by ${name}` })),
    ...members.map(({ id, name }) => ({ value: `person:${id}`, label: name })),
  ];
  return (
    <FormDialog title="Who is told, until somebody takes it on" form={form} act="Set escalation" onClose={onClose}>
      {steps.map(({ afterMinutes, targets }, place) => (
        <fieldset key={place} className={classes.step}>
          <legend>Step {place + 1}</legend>
          <NumberInput
            label="Minutes after it was opened"
            min={0}
            max={1_440}
            allowDecimal={false}
            value={afterMinutes}
            onChange={(value) => change(place, { afterMinutes: Number(value) })}
          />
          <MultiSelect
            label="Tell"
            searchable
            data={choices}
            value={targets}
            onChange={(value) => change(place, { targets: value })}
          />
          {steps.length > 1 ? (
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => form.setValues({ steps: steps.filter((_, each) => each !== place) })}
            >
              Remove step {place + 1}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <Button
        variant="default"
        size="xs"
        onClick={() =>
          form.setValues({
            steps: [...steps, { afterMinutes: (steps.at(-1)?.afterMinutes ?? 0) + 15, targets: ["administrators"] }],
          })
        }
      >
        Add a step
      </Button>
    </FormDialog>
  );
}
