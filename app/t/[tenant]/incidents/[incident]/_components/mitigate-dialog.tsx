"use client";

import { NumberInput, Textarea } from "@mantine/core";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { WordSelect } from "@/app/_shared/word-select";
import { useTRPCClient } from "@/app/_trpc/client";
import { RISK_PROFILES, type RiskProfile } from "@/policies/access/vocabulary";
import { type Lever, type MitigationKind, MITIGATION_KINDS } from "@/server/mitigations/domain/mitigation";

interface Values extends Record<string, unknown> {
  kind: MitigationKind;
  risk: RiskProfile;
  toPercent: number;
  minutes: number;
  reason: string;
}

const KIND_WORDS: Readonly<Record<MitigationKind, string>> = {
  throttle: "Throttle: fewer runs at a time",
  pause: "Pause: starts of risky workflows queue",
  require_approval: "Ask: starts of risky workflows are approved first",
  kill: "Kill: runs of risky workflows end at once",
};

function leverOf({ kind, risk, toPercent }: Values): Lever {
  switch (kind) {
    case "throttle":
      return { kind, toPercent };
    case "pause":
      return { kind, risk };
    case "require_approval":
      return { kind, risk };
    case "kill":
      return { kind, risk };
  }
}

/** Chooses what is held back, how far, for how long and why. */
export function MitigateDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const client = useTRPCClient();
  const form = useActionForm<Values, unknown>({
    initial: { kind: "throttle", risk: "high", toPercent: 50, minutes: 30, reason: "" },
    act: (values) => {
      const { minutes, reason } = values;
      return client.mitigations.carryOut.mutate({ incidentId, lever: leverOf(values), minutes, reason });
    },
    said: "Mitigated",
    onDone: onClose,
  });
  const { kind, risk } = form.values;
  return (
    <FormDialog title="Mitigate" form={form} act="Mitigate" isDanger={kind === "kill"} onClose={onClose}>
      <WordSelect
        label="What"
        words={MITIGATION_KINDS}
        say={(word) => KIND_WORDS[word]}
        value={kind}
        onChange={(word) => form.setValues({ kind: word })}
      />
      {kind === "throttle" ? (
        <NumberInput
          label="To how many per cent"
          description="Of the runs that are at work now, one run at least."
          min={1}
          max={90}
          {...form.field("toPercent")}
        />
      ) : (
        <WordSelect
          label="Workflows of this risk and higher"
          words={RISK_PROFILES}
          value={risk}
          onChange={(word) => form.setValues({ risk: word })}
        />
      )}
      <NumberInput label="For how many minutes" min={5} max={1440} {...form.field("minutes")} />
      <Textarea label="Why" autosize minRows={2} maxRows={8} {...form.field("reason")} />
    </FormDialog>
  );
}
