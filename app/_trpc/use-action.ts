"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { CHANGED } from "@/app/_shared/changed";
import { type CallRefusal, refusalOf } from "./refusal";

export interface ActionState<Input> {
  run: (input: Input) => void;
  isBusy: boolean;
  isDone: boolean;
  refusal: CallRefusal | null;
}

export interface After<Input, Value> {
  /** Said in a short confirmation. */
  said?: string | ((input: Input) => string);
  onDone?: (value: Value, input: Input) => void;
  onRefused?: (refusal: CallRefusal) => void;
}

async function confirm(message: string): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  notifications.show({ message, color: "pine" });
}

/** A call that changes something: what was refused comes back in words, and the page is drawn again after it. */
export function useAction<Input, Value>(
  act: (input: Input) => Promise<Value>,
  { said, onDone, onRefused }: After<Input, Value> = {},
): ActionState<Input> {
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: (value, input) => {
      if (said !== undefined) void confirm(typeof said === "string" ? said : said(input));
      onDone?.(value, input);
      router.refresh();
      window.dispatchEvent(new Event(CHANGED));
    },
    onError: (error) => onRefused?.(refusalOf(error)),
  });
  return {
    run: (input) => mutation.mutate(input),
    isBusy: mutation.isPending,
    isDone: mutation.isSuccess,
    refusal: mutation.error === null ? null : refusalOf(mutation.error),
  };
}
