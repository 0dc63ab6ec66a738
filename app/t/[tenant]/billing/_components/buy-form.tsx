"use client";

import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { ChoiceFields, type ChoiceValues } from "./choice-fields";
import type { Offer } from "./offers";

/** A plan, add-ons and seats, with what they cost; leads to the page on which they are paid. */
export function BuyForm({ offers, act }: { offers: readonly Offer[]; act: string }) {
  const client = useTRPCClient();
  const initial: ChoiceValues = { plan: offers[0]?.plan ?? "standard", addOns: [], moreSeats: 0 };
  const form = useActionForm({
    initial: { ...initial },
    act: (values) => client.billing.checkout.mutate(values),
    onDone: ({ url }) => window.location.assign(url),
    isLeaving: true,
  });
  return (
    <ActionForm form={form} act={act}>
      <ChoiceFields offers={offers} values={form.values} field={form.field} />
    </ActionForm>
  );
}
