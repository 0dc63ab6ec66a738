"use client";

import { Button } from "@mantine/core";
import type { ReactNode, SyntheticEvent } from "react";
import type { CallRefusal } from "@/app/_trpc/refusal";
import { RefusalNotice } from "../refusal-notice";
import classes from "./action-form.module.css";

/** What `useActionForm` gives and a form's frame needs. */
export interface FormState {
  submit: (event?: SyntheticEvent<HTMLFormElement>) => void;
  isBusy: boolean;
  refusal: CallRefusal | null;
}

interface Props {
  form: FormState;
  /** The word on the button. */
  act: string;
  isDanger?: boolean;
  /** The way back; a form that is part of a page has none. */
  onCancel?: () => void;
  children?: ReactNode;
}

/** The frame every form shares: what was refused, the fields, the button, and the way back where there is one. */
export function ActionForm({ form, act, isDanger = false, onCancel, children }: Props) {
  return (
    <form
      onSubmit={form.submit}
      noValidate
      className={onCancel === undefined ? `${classes.form} ${classes.inline}` : classes.form}
    >
      <RefusalNotice refusal={form.refusal} />
      {children}
      <div className={classes.actions}>
        {onCancel === undefined ? null : (
          <Button variant="default" onClick={onCancel}>
            Back
          </Button>
        )}
        <Button type="submit" loading={form.isBusy} {...(isDanger ? { color: "red" } : {})}>
          {act}
        </Button>
      </div>
    </form>
  );
}
