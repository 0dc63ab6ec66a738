"use client";

import { useRef } from "react";
import classes from "@/app/_shared/filter-form.module.css";
import pricing from "./pricing.module.css";
import { positionOf, STEPS, valueAt, type Span } from "./slider-scale";

interface Props {
  name: string;
  label: string;
  written: string;
  span: Span;
  isFaulty: boolean;
}

/** A number to be typed or moved to. Only the typed one is sent; whichever is changed takes the other along. */
export function SliderField({ name, label, written, span, isFaulty }: Props) {
  const text = useRef<HTMLInputElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  return (
    <label className={pricing.slider}>
      {label}
      <input
        ref={text}
        className={classes.field}
        name={name}
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        defaultValue={written}
        aria-invalid={isFaulty || undefined}
        aria-describedby={isFaulty ? "pricing-faults" : undefined}
        onInput={(event) => {
          const value = Number(event.currentTarget.value);
          if (slider.current !== null && Number.isFinite(value)) slider.current.value = String(positionOf(span, value));
        }}
      />
      <input
        ref={slider}
        type="range"
        min={0}
        max={STEPS}
        aria-label={`${label}, slider`}
        defaultValue={positionOf(span, Number(written))}
        onInput={(event) => {
          if (text.current !== null) text.current.value = valueAt(span, Number(event.currentTarget.value));
        }}
      />
    </label>
  );
}
