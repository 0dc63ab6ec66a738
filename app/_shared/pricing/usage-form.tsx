import type { ReactNode } from "react";
import classes from "@/app/_shared/filter-form.module.css";
import page from "@/app/_shared/page.module.css";
import { PLANS, PRICED_ADD_ONS } from "@/server/pricing/domain/usage";
import { LiveForm } from "./live-form";
import pricing from "./pricing.module.css";
import { SliderField } from "./slider-field";
import type { Span } from "./slider-scale";
import { type AskedUsage, type FieldName, FIELDS } from "./usage-params";

interface Props {
  action: string;
  asked: AskedUsage;
  names: readonly FieldName[];
  /** What else the address says. */
  children?: ReactNode;
}

const PLAN_WORDS = { standard: "Standard", pro: "Pro", enterprise: "Enterprise" } as const;
const ADD_ON_WORDS = { incident: "Incident automation", compliance: "Compliance" } as const;

const SPANS: Readonly<Partial<Record<FieldName, Span>>> = {
  runs: { from: 100, to: 1_000_000, decimals: 0 },
  tasks: { from: 1, to: 100, decimals: 0 },
  weight: { from: 0.5, to: 10, decimals: 1 },
};

/** The month that is priced. What is not understood is said above it, and marked. */
export function UsageForm({ action, asked, names, children }: Props) {
  const faulty = new Set(asked.faults.map(([name]) => name));
  return (
    <div className={pricing.screenOnly}>
      <LiveForm action={action} label="The month to be priced">
        <label>
          Plan
          <select className={classes.field} name="plan" defaultValue={asked.usage.plan}>
            {PLANS.map((plan) => (
              <option key={plan} value={plan}>
                {PLAN_WORDS[plan]}
              </option>
            ))}
          </select>
        </label>
        {names.map((name) => {
          const [label, written, isFaulty, span] = [FIELDS[name], asked.fields[name], faulty.has(name), SPANS[name]];
          if (span !== undefined) return <SliderField key={name} {...{ name, label, written, span, isFaulty }} />;
          return (
            <label key={name}>
              {label}
              <input
                className={classes.field}
                name={name}
                inputMode="decimal"
                autoComplete="off"
                maxLength={20}
                defaultValue={written}
                aria-invalid={isFaulty || undefined}
                aria-describedby={isFaulty ? "pricing-faults" : undefined}
              />
            </label>
          );
        })}
        <fieldset className={pricing.boxes}>
          <legend>Add-ons</legend>
          {PRICED_ADD_ONS.map((name) => (
            <label key={name}>
              <input type="checkbox" name={name} defaultChecked={asked.usage.addons.includes(name)} />
              {ADD_ON_WORDS[name]}
            </label>
          ))}
        </fieldset>
        {children}
        <div className={classes.acts}>
          <button type="submit" className={page.button}>
            Calculate
          </button>
        </div>
      </LiveForm>
      <p id="pricing-faults" className={pricing.faults} role="status">
        {asked.faults.map(([name, words]) => (
          <span key={name}>{words} </span>
        ))}
      </p>
    </div>
  );
}
