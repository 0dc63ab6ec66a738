"use client";

import { DialogButton } from "@/app/_shared/form/dialog-button";
import type { InputFields } from "../run-input";
import { EventDialog, ScheduleDialog, WebhookDialog } from "./lazy-dialogs";
import type { TriggerPlace } from "./trigger-row";

interface Props {
  place: TriggerPlace;
  fields: InputFields;
  may: { webhook: boolean; schedule: boolean; event: boolean };
}

/** A button for each kind of trigger that the reader may make. */
export function AddTrigger({ place, fields, may }: Props) {
  return (
    <>
      {may.webhook ? (
        <DialogButton label="Add a webhook">
          {(onClose) => <WebhookDialog place={place} onClose={onClose} />}
        </DialogButton>
      ) : null}
      {may.schedule ? (
        <DialogButton label="Add a schedule">
          {(onClose) => <ScheduleDialog place={place} fields={fields} onClose={onClose} />}
        </DialogButton>
      ) : null}
      {may.event ? (
        <DialogButton label="Start on an event">
          {(onClose) => <EventDialog place={place} onClose={onClose} />}
        </DialogButton>
      ) : null}
    </>
  );
}
