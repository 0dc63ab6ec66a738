"use client";

import { ApiProvider, useTRPCClient } from "@/app/_trpc/client";
import { ConfirmDialog } from "../form/confirm-dialog";
import { heldThing, type HoldOn } from "./hold-on";

interface Props {
  hold: HoldOn;
  onClose: () => void;
}

function lift({ holds }: ReturnType<typeof useTRPCClient>, { id: holdId, kind, scope }: HoldOn): Promise<unknown> {
  if (scope === "deployment") return holds.liftAllTenantsKill.mutate({ holdId });
  if (kind === "kill") return (scope === "tenant" ? holds.liftTenantKill : holds.liftWorkflowKill).mutate({ holdId });
  if (scope === "class") return holds.resumeClass.mutate({ holdId });
  return (scope === "tenant" ? holds.resumeTenant : holds.resumeWorkflow).mutate({ holdId });
}

function LiftForm({ hold, onClose }: Props) {
  const client = useTRPCClient();
  const isKill = hold.kind === "kill";
  return (
    <ConfirmDialog
      title={isKill ? `Lift the kill of ${heldThing(hold)}?` : `Resume ${heldThing(hold)}?`}
      act={isKill ? "Lift the kill" : "Resume"}
      run={() => lift(client, hold)}
      said={isKill ? "Lifted: runs start again." : "Resumed: what queued begins."}
      onClose={onClose}
    >
      {isKill
        ? "Runs can be started again. Those that were killed stay killed."
        : "What queued begins, the oldest first, and no later start overtakes it."}
    </ConfirmDialog>
  );
}

/** Asks once more before a hold is lifted. */
export function LiftDialog({ tenant, ...form }: Props & { tenant: string }) {
  return (
    <ApiProvider tenant={tenant}>
      <LiftForm {...form} />
    </ApiProvider>
  );
}
