"use client";

import { Checkbox, NumberInput, Radio } from "@mantine/core";
import { dollars } from "@/app/_shared/pricing/dollars";
import classes from "./choice-fields.module.css";
import type { Offer } from "./offers";

export type AddOnName = keyof Offer["addOns"];
export interface ChoiceValues {
  plan: Offer["plan"];
  addOns: AddOnName[];
  moreSeats: number;
}

const ADD_ONS: Readonly<Record<AddOnName, string>> = { incident: "Incident automation", compliance: "Compliance pack" };
const NAMES = Object.keys(ADD_ONS) as AddOnName[];

/** What a month costs before tax and use: the amount that the seller's page shows. */
function monthCents(offer: Offer, { addOns, moreSeats }: ChoiceValues): number {
  const extra = addOns.reduce((sum, name) => sum + (offer.addOns[name] ?? 0), 0);
  return offer.baseCents + moreSeats * offer.seatCents + extra;
}

interface Props {
  offers: readonly Offer[];
  values: ChoiceValues;
  /** What a field's part is given: its value, what happens on change, and what is wrong with it. */
  field: (name: keyof ChoiceValues) => object;
}

/** A plan, add-ons and seats, with what they cost a month. */
export function ChoiceFields({ offers, values, field }: Props) {
  const offer = offers.find(({ plan }) => plan === values.plan) ?? offers[0];
  if (offer === undefined) return null;
  const seats = Number.isInteger(values.moreSeats) && values.moreSeats >= 0 ? values.moreSeats : 0;
  return (
    <>
      <Radio.Group label="Plan" {...field("plan")}>
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
      <Checkbox.Group label="Add-ons" {...field("addOns")}>
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
        {...field("moreSeats")}
      />
      <p className={classes.total} role="status">
        {dollars(monthCents(offer, { ...values, moreSeats: seats }))} a month before tax, and what is used beyond the
        plan.
      </p>
    </>
  );
}
