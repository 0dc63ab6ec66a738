"use client";

import { Checkbox, NumberInput, Radio } from "@mantine/core";
import { ActionForm } from "@/app/_shared/form/action-form";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { dollars } from "@/app/_shared/pricing/dollars";
import { useTRPCClient } from "@/app/_trpc/client";
import classes from "./buy-form.module.css";
import type { Offer } from "./offers";

type AddOn = keyof Offer["addOns"];
const ADD_ONS: Readonly<Record<AddOn, string>> = { incident: "Incident automation", compliance: "Compliance pack" };
const NAMES = Object.keys(ADD_ONS) as AddOn[];

/** What a month costs before tax and use: the amount that the seller's page shows. */
function monthCents(offer: Offer, { addOns, moreSeats }: { addOns: readonly AddOn[]; moreSeats: number }): number {
  const extra = addOns.reduce((sum, name) => sum + (offer.addOns[name] ?? 0), 0);
  return offer.baseCents + moreSeats * offer.seatCents + extra;
}

/** A plan, add-ons and seats, with what they cost; leads to the page on which they are paid. */
export function BuyForm({ offers, act }: { offers: readonly Offer[]; act: string }) {
  const client = useTRPCClient();
  const [cheapest] = offers;
  const form = useActionForm({
    initial: { plan: cheapest?.plan ?? "standard", addOns: [] as AddOn[], moreSeats: 0 },
    act: (values) => client.billing.checkout.mutate(values),
    onDone: ({ url }) => window.location.assign(url),
    isLeaving: true,
  });
  const offer = offers.find(({ plan }) => plan === form.values.plan) ?? cheapest;
  if (offer === undefined) return null;
  const { moreSeats } = form.values;
  const seats = Number.isInteger(moreSeats) && moreSeats >= 0 ? moreSeats : 0;
  return (
    <ActionForm form={form} act={act}>
      <Radio.Group label="Plan" {...form.field("plan")}>
        <div className={classes.plans}>
          {offers.map(({ plan, title, profile, baseCents }) => (
            <Radio
              key={plan}
              value={plan}
              label={`${title}: ${dollars(baseCents)} a month`}
              description={profile}
              className={classes.plan ?? ""}
            />
          ))}
        </div>
      </Radio.Group>
      <Checkbox.Group label="Add-ons" {...form.field("addOns")}>
        <div className={classes.addOns}>
          {NAMES.map((name) => {
            const cents = offer.addOns[name];
            const price = cents === null ? "included" : `${dollars(cents)} a month`;
            return <Checkbox key={name} value={name} label={`${ADD_ONS[name]}: ${price}`} disabled={cents === null} />;
          })}
        </div>
      </Checkbox.Group>
      <NumberInput
        label={`Seats beyond the ${offer.seatsIncluded} included`}
        description={`${dollars(offer.seatCents)} a month each`}
        min={0}
        max={10_000}
        allowDecimal={false}
        className={classes.seats ?? ""}
        {...form.field("moreSeats")}
      />
      <p className={classes.total} role="status">
        {dollars(monthCents(offer, { addOns: form.values.addOns, moreSeats: seats }))} a month before tax, and what is
        used beyond the plan.
      </p>
    </ActionForm>
  );
}
