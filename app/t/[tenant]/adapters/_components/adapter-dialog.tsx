"use client";

import { NumberInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import type { AdapterRow } from "./adapter-row";
import { AdapterSecret } from "./adapter-secret";
import { readFields, writeFields } from "./fields-text";

interface Props {
  /** The one to change; null: a new one is registered. */
  adapter: AdapterRow | null;
  onClose: () => void;
}

const BLANK = { slug: "", name: "", description: "", address: "https://", input: "", timeoutSeconds: 10 };

/** Registers an adapter, and shows its signing secret once; or changes one. */
export function AdapterDialog({ adapter, onClose }: Props) {
  const [secret, setSecret] = useState<string | null>(null);
  const client = useTRPCClient();
  const form = useActionForm({
    initial: adapter === null ? BLANK : { ...BLANK, ...adapter, input: writeFields(adapter.input) },
    check: ({ input }) => ("fault" in readFields(input) ? { input: "must be a JSON object of fields" } : {}),
    act: async ({ slug, name, description, address, input, timeoutSeconds }: typeof BLANK) => {
      const read = readFields(input);
      const settings = { name, description, address, timeoutSeconds, input: "fields" in read ? read.fields : {} };
      if (adapter === null) return client.adapters.register.mutate({ slug, ...settings });
      return { ...(await client.adapters.update.mutate({ adapterId: adapter.id, ...settings })), secret: null };
    },
    ...(adapter === null ? {} : { said: "Saved." }),
    onDone: (made) => (made.secret === null ? onClose() : setSecret(made.secret)),
  });
  return (
    <FormDialog
      title={adapter === null ? "Register an adapter" : `Change ${adapter.slug}`}
      form={form}
      act={adapter === null ? "Register adapter" : "Save adapter"}
      onClose={onClose}
      instead={secret === null ? null : <AdapterSecret secret={secret} onClose={onClose} />}
    >
      {adapter === null ? (
        <TextInput
          label="Slug"
          description="What steps call it. It cannot be changed, nor given to another one later."
          placeholder="price-service"
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          {...form.field("slug")}
        />
      ) : null}
      <TextInput label="Name" autoComplete="off" {...form.field("name")} />
      <TextInput
        label="Address"
        description="https, without user, password or query: the signature says who calls."
        autoComplete="off"
        spellCheck={false}
        {...form.field("address")}
      />
      <Textarea label="Description" rows={2} {...form.field("description")} />
      <Textarea
        label="What it takes (JSON)"
        description='Fields as in the input of a workflow, such as { "order": { "type": "string" } }. Empty: nothing.'
        rows={4}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mono)" } }}
        {...form.field("input")}
      />
      <NumberInput label="Time limit (seconds)" min={1} max={30} {...form.field("timeoutSeconds")} />
    </FormDialog>
  );
}
