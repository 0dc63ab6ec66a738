"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type SubmitEvent, useEffect, useRef, useTransition } from "react";
import classes from "@/app/_shared/filter-form.module.css";

/** Long enough for the next key of a number, short enough not to be waited for. */
const REST_MS = 350;

interface Props {
  action: string;
  label: string;
  children: ReactNode;
}

/**
 * A form whose fields are the page's address. It is sent when somebody pauses, and what is shown stays until the answer is
 * there. Before any script has run its button sends it.
 */
export function LiveForm({ action, label, children }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (form: HTMLFormElement) => {
    const fields = [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    );
    startTransition(() => router.replace(`${action}?${new URLSearchParams(fields)}`, { scroll: false }));
  };
  return (
    <form
      className={classes.form}
      action={action}
      aria-label={label}
      aria-busy={isPending}
      onInput={(event) => {
        const form = event.currentTarget;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => send(form), REST_MS);
      }}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        clearTimeout(timer.current);
        send(event.currentTarget);
      }}
    >
      {children}
    </form>
  );
}
