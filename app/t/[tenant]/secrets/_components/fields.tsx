"use client";

import { Textarea } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";

/** Where a secret's value is written. It is never filled in, and nothing that helps with writing gets to see it. */
export function ValueField({ label, ...field }: GetInputPropsReturnType & { label: string }) {
  return (
    <Textarea
      label={label}
      description="It cannot be read back by anybody. At least 8 characters."
      rows={3}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      translate="no"
      {...field}
    />
  );
}

/** Where a secret may be sent. */
export function HostsField(field: GetInputPropsReturnType) {
  return (
    <Textarea
      label="Hosts it may be sent to"
      description="One per line, such as api.example.com, or *.example.com for all hosts below it."
      placeholder="api.example.com"
      rows={3}
      spellCheck={false}
      {...field}
    />
  );
}
