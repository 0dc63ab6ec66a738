"use client";

import dynamic from "next/dynamic";

/** The dialogs of triggers, loaded when they are first asked for: most readers only look. */
export const WebhookDialog = dynamic(() => import("./webhook-dialog").then((module) => module.WebhookDialog), {
  ssr: false,
});
export const ScheduleDialog = dynamic(() => import("./schedule-dialog").then((module) => module.ScheduleDialog), {
  ssr: false,
});
export const EventDialog = dynamic(() => import("./event-dialog").then((module) => module.EventDialog), { ssr: false });
export const RotateDialog = dynamic(() => import("./rotate-dialog").then((module) => module.RotateDialog), {
  ssr: false,
});
