"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { LazyConfirm } from "@/app/_shared/form/lazy-confirm";
import { RefusalNotice } from "@/app/_shared/refusal-notice";
import { useTRPCClient } from "@/app/_trpc/client";
import { useAction } from "@/app/_trpc/use-action";
import { isUnresolved } from "@/server/incidents/domain/status";
import type { ActedOn } from "./acted-on";

const MoveDialog = dynamic(() => import("./incident-dialogs").then((module) => module.MoveDialog), { ssr: false });
const RateDialog = dynamic(() => import("./incident-dialogs").then((module) => module.RateDialog), { ssr: false });
const SayDialog = dynamic(() => import("./incident-dialogs").then((module) => module.SayDialog), { ssr: false });

type Open = "move" | "rate" | "note" | "update" | "publish";

/** What the reader may do with an incident: the next thing first. */
export function IncidentActions({ incident }: { incident: ActedOn }) {
  const { id: incidentId, why, isPublic } = incident;
  const client = useTRPCClient();
  const [open, setOpen] = useState<Open | null>(null);
  const acknowledge = useAction(() => client.incidents.acknowledge.mutate({ incidentId }), { said: "Taken on by you" });
  const onClose = () => setOpen(null);
  const button = (of: Open, label: string): ReactNode => (
    <Button variant="default" onClick={() => setOpen(of)}>
      {label}
    </Button>
  );
  const isOpenToTake = incident.acknowledgedAt === null && isUnresolved(incident.status);
  return (
    <>
      <RefusalNotice refusal={acknowledge.refusal} />
      {why.work === null && isOpenToTake ? (
        <Button loading={acknowledge.isBusy} onClick={() => acknowledge.run(undefined)}>
          Take it on
        </Button>
      ) : null}
      {why.resolve === null ? button("move", "Change status") : null}
      {why.work === null ? button("rate", "Severity") : null}
      {why.note === null ? button("note", "Add a note") : null}
      {why.work === null ? button("update", "Tell stakeholders") : null}
      {why.resolve === null && !incident.isDrill
        ? button("publish", isPublic ? "Take off the status page" : "Show on the status page")
        : null}
      {open === "move" ? <MoveDialog incident={incident} onClose={onClose} /> : null}
      {open === "rate" ? <RateDialog incident={incident} onClose={onClose} /> : null}
      {open === "note" || open === "update" ? <SayDialog incident={incident} what={open} onClose={onClose} /> : null}
      {open === "publish" ? (
        <LazyConfirm
          title={isPublic ? "Take it off the status page?" : "Show it on the status page?"}
          act={isPublic ? "Take it off" : "Show it"}
          run={() => client.incidents.publish.mutate({ incidentId, isPublic: !isPublic })}
          onClose={onClose}
        >
          {isPublic
            ? "Nobody outside reads it any more. What was read was read."
            : "Its title, status and public updates are for everybody who knows the address, where the page is on. Its summary, notes and tasks are not."}
        </LazyConfirm>
      ) : null}
    </>
  );
}
