"use client";

import { NumberInput, TextInput } from "@mantine/core";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { HIGHEST_QUOTAS, type Quotas } from "@/server/quotas/domain/quota";

const LABELS: readonly (readonly [keyof Quotas, string])[] = [
  ["mostConcurrentRuns", "Runs at a time"],
  ["mostQueuedRuns", "Queued runs"],
  ["mostConcurrentSteps", "Steps at a time"],
];

/** Sets what a tenant may have at a time: any tenant, by its address. */
export function SetQuotas({ tenant, quotas }: { tenant: string; quotas: Quotas }) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { tenant, ...quotas },
    act: (values) => client.quotas.set.mutate(values),
    said: "Set: they hold in a moment.",
  });
  return (
    <ActionForm form={form} act="Set quotas">
      <TextInput label="Address of the tenant" {...form.field("tenant")} />
      {LABELS.map(([name, label]) => (
        <NumberInput
          key={name}
          label={label}
          min={1}
          max={HIGHEST_QUOTAS[name]}
          allowDecimal={false}
          {...form.field(name)}
        />
      ))}
    </ActionForm>
  );
}
