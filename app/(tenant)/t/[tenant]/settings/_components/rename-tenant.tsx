"use client";

import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";

/** Renames the tenant. Its address stays, as links to it must. */
export function RenameTenant({ name }: { name: string }) {
  const [value, setValue] = useState(name);
  const client = useTRPCClient();
  const save = useAction((text: string) => client.tenants.update.mutate({ name: text }), { said: "Renamed." });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.run(value);
  };
  const error = save.refusal?.fields.name;
  return (
    <form onSubmit={submit} noValidate style={{ maxWidth: 420, display: "flex", flexDirection: "column", gap: 12 }}>
      <RefusalNotice refusal={error === undefined ? save.refusal : null} />
      <TextInput label="Name" value={value} error={error} onChange={(event) => setValue(event.currentTarget.value)} />
      <Button type="submit" loading={save.isBusy} style={{ alignSelf: "flex-start" }}>
        Save name
      </Button>
    </form>
  );
}
