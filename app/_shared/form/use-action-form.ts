"use client";

import { type FormErrors, useForm } from "@mantine/form";
import type { CallRefusal } from "@/app/_trpc/refusal";
import { type After, useAction } from "@/app/_trpc/use-action";

interface Spec<Values, Value> extends After<Values, Value> {
  initial: Values;
  act: (values: Values) => Promise<Value>;
  /** What can be said before the server is asked, by field. */
  check?: (values: Values) => FormErrors;
  /** Where the server's paths of these fields begin, such as `input.`. */
  under?: string;
  /** True when the page is left once it is done: until then the button stays busy. */
  isLeaving?: boolean;
}

function ownFields({ fields }: CallRefusal, under: string): Record<string, string> {
  const entries = Object.entries(fields).filter(([path]) => path.startsWith(under));
  return Object.fromEntries(entries.map(([path, message]) => [path.slice(under.length), message]));
}

/**
 * A form whose submit is one call: its values, each field's props with what the server said about it, and the refusal
 * where that is about more than the fields on show.
 */
export function useActionForm<Values extends Record<string, unknown>, Value>(spec: Spec<Values, Value>) {
  const { initial, act, check, under = "", isLeaving = false, ...after } = spec;
  const form = useForm<Values>({ initialValues: initial, ...(check === undefined ? {} : { validate: check }) });
  const action = useAction(act, {
    ...after,
    onRefused: (refusal) => form.setErrors(ownFields(refusal, under)),
  });
  const { refusal } = action;
  const said = refusal === null ? [] : Object.keys(refusal.fields);
  const isSaidByFields = said.length > 0 && said.every((path) => path.slice(under.length) in initial);
  return {
    values: form.values,
    setValues: form.setValues,
    field: form.getInputProps,
    submit: form.onSubmit((values) => action.run(values)),
    isBusy: action.isBusy || (isLeaving && action.isDone),
    refusal: isSaidByFields ? null : refusal,
  };
}
