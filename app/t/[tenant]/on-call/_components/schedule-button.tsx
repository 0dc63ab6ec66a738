"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_shared/form/dialog-button";
import type { ScheduleFields } from "./schedule-dialog";

const ScheduleDialog = dynamic(() => import("./schedule-dialog").then((module) => module.ScheduleDialog), {
  ssr: false,
});

/** Makes a schedule, or changes one. */
export function ScheduleButton(props: ScheduleFields) {
  return (
    <DialogButton label={props.schedule === null ? "Make a schedule" : "Change"}>
      {(onClose) => <ScheduleDialog {...props} onClose={onClose} />}
    </DialogButton>
  );
}
