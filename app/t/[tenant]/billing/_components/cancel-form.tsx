"use client";

import { Radio, Textarea } from "@mantine/core";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import type { CANCEL_REASONS } from "@/server/billing/schemas";

const REASONS = {
  ...{ too_expensive: "It costs too much", missing_features: "Something is missing", unused: "We do not use it" },
  ...{ switched_service: "We go to somebody else", low_quality: "It does not work well", other: "Something else" },
} as const satisfies Readonly<Record<(typeof CANCEL_REASONS)[number], string>>;
type Reason = keyof typeof REASONS;
const NAMES = Object.keys(REASONS) as Reason[];

/** Why a plan is cancelled, and the cancellation. */
export function CancelForm({ back }: { back: string }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { reason: "other", comment: "" },
    act: (values: { reason: Reason; comment: string }) => client.billing.cancel.mutate(values),
    onDone: () => window.location.assign(back),
    isLeaving: true,
  });
  return (
    <ActionForm form={form} act="Cancel the plan" isDanger onCancel={() => window.location.assign(back)}>
      <Radio.Group label="Why" {...form.field("reason")}>
        {NAMES.map((name) => (
          <Radio key={name} value={name} label={REASONS[name]} mt={6} />
        ))}
      </Radio.Group>
      <Textarea label="In your words (optional)" maxLength={500} {...form.field("comment")} />
    </ActionForm>
  );
}
