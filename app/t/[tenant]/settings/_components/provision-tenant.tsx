"use client";

import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";

interface Props {
  plans: readonly { id: "enterprise" | "internal" | "pro" | "standard" | "white-label"; title: string }[];
  /** The last day that is offered first, `YYYY-MM-DD`. */
  until: string;
}

/** Makes a tenant for somebody else, with its plan and its first administrator. */
export function ProvisionTenant({ plans, until }: Props) {
  const client = useTRPCClient();
  const form = useActionForm({
    initial: {
      ...{ name: "", slug: "", email: "", plan: plans[0]?.id ?? ("standard" as const), moreSeats: 0 },
      ...{ expiresAt: until, reason: "" },
    },
    act: ({ expiresAt, ...values }) =>
      client.tenants.provision.mutate({ ...values, expiresAt: new Date(`${expiresAt}T00:00:00Z`).toISOString() }),
    said: ({ email }) => `It is made in a moment, and ${email} is mailed.`,
  });
  return (
    <ActionForm form={form} act="Provision">
      <TextInput label="Name" {...form.field("name")} />
      <TextInput label="Address (lower-case letters, digits and hyphens)" {...form.field("slug")} />
      <TextInput label="E-mail of its first administrator" type="email" {...form.field("email")} />
      <NativeSelect
        label="Plan"
        data={plans.map(({ id, title }) => ({ value: id, label: title }))}
        {...form.field("plan")}
      />
      <NumberInput
        label="Seats beside those that the plan includes"
        min={0}
        max={100_000}
        allowDecimal={false}
        {...form.field("moreSeats")}
      />
      <TextInput label="The plan ends on (within a year, UTC)" type="date" {...form.field("expiresAt")} />
      <TextInput label="Why, for the receipt" {...form.field("reason")} />
    </ActionForm>
  );
}
