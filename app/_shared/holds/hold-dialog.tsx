"use client";

import { TextInput } from "@mantine/core";
import { ApiProvider, useTRPCClient } from "@/app/_trpc/client";
import { FormDialog } from "../form/form-dialog";
import { useActionForm } from "../form/use-action-form";
import type { HoldTarget } from "./hold-target";

type Client = ReturnType<typeof useTRPCClient>;
type Kind = "kill" | "pause";

const EFFECT: Readonly<Record<Kind, string>> = {
  kill: "From the confirmation on, no step begins and no run starts until the kill is lifted. Open runs end as killed. What a step has already sent out cannot be taken back.",
  pause: "Runs that are started from now on queue, and none is lost. Runs that were started before go on.",
};

/** What must be typed before all of a tenant, or all tenants, are held; null where a reason is enough. */
function wordToType(target: HoldTarget): string | null {
  if (target.scope === "workflow" || target.scope === "class") return null;
  return target.scope === "tenant" ? target.slug : "all tenants";
}

function call(client: Client, kind: Kind, target: HoldTarget, reason: string): Promise<unknown> {
  const { holds } = client;
  if (target.scope === "deployment") return holds.killAllTenants.mutate({ reason });
  if (target.scope === "tenant") return (kind === "kill" ? holds.killTenant : holds.pauseTenant).mutate({ reason });
  if (target.scope === "class") return holds.pauseClass.mutate({ executionClass: target.executionClass, reason });
  const { workflowId } = target;
  return (kind === "kill" ? holds.killWorkflow : holds.pauseWorkflow).mutate({ workflowId, reason });
}

interface Props {
  kind: Kind;
  target: HoldTarget;
  onClose: () => void;
}

function HoldForm({ kind, target, onClose }: Props) {
  const client = useTRPCClient();
  const word = wordToType(target);
  const form = useActionForm({
    initial: { reason: "", typed: "" },
    check: ({ reason, typed }) => ({
      ...(reason.trim() === "" ? { reason: "Say why: everybody who is stopped by it reads this." } : {}),
      ...(word === null || typed.trim() === word ? {} : { typed: `Type ${word}.` }),
    }),
    act: ({ reason }) => call(client, kind, target, reason),
    said: kind === "kill" ? "Killed: no step begins any more." : "Paused: what is started now queues.",
    onDone: onClose,
  });
  const verb = kind === "kill" ? "Kill" : "Pause";
  return (
    <FormDialog title={`${verb} ${target.name}?`} form={form} act={verb} isDanger={kind === "kill"} onClose={onClose}>
      <p>{EFFECT[kind]}</p>
      <TextInput
        label="Reason (shown on the Switchboard, kept with the receipt)"
        maxLength={500}
        required
        data-autofocus
        {...form.field("reason")}
      />
      {word === null ? null : (
        <TextInput label={`Type ${word} to confirm`} autoComplete="off" required {...form.field("typed")} />
      )}
    </FormDialog>
  );
}

/** Asks why, and for all of a tenant once more, before something is killed or paused. */
export function HoldDialog({ tenant, ...form }: Props & { tenant: string }) {
  return (
    <ApiProvider tenant={tenant}>
      <HoldForm {...form} />
    </ApiProvider>
  );
}
