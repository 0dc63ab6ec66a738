"use client";

import { FormDialog } from "@/app/_shared/form/form-dialog";
import { useActionForm } from "@/app/_shared/form/use-action-form";
import { useTRPCClient } from "@/app/_trpc/client";
import { HostsField } from "./fields";
import { hostLines, hostsIn } from "./host-lines";
import type { SecretRow } from "./secret-row";

/** Changes where a secret may be sent. */
export function HostsDialog({ secret, onClose }: { secret: SecretRow; onClose: () => void }) {
  const { id: secretId, name, environment, allowedHosts: seenHosts } = secret;
  const client = useTRPCClient();
  const form = useActionForm({
    initial: { allowedHosts: hostLines(seenHosts) },
    act: ({ allowedHosts }: { allowedHosts: string }) =>
      client.secrets.changeHosts.mutate({ secretId, seenHosts, allowedHosts: hostsIn(allowedHosts) }),
    said: `The hosts of ${name} are changed.`,
    onDone: onClose,
  });
  return (
    <FormDialog title={`Hosts of ${name} in ${environment}`} form={form} act="Save hosts" onClose={onClose}>
      <p>A step whose host is not among them fails, and sends nothing.</p>
      <HostsField {...form.field("allowedHosts")} />
    </FormDialog>
  );
}
