import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  createEventTrigger,
  createSchedule,
  createWebhook,
  deleteTrigger,
  disableTrigger,
  listTriggers,
  rotateTriggerSecret,
  updateEventTrigger,
  updateSchedule,
  updateWebhook,
} from "./index";

export const triggersRouter = createRouter({
  list: tenantQuery(listTriggers),
  createWebhook: tenantMutation(createWebhook),
  createSchedule: tenantMutation(createSchedule),
  createEvent: tenantMutation(createEventTrigger),
  updateWebhook: tenantMutation(updateWebhook),
  updateSchedule: tenantMutation(updateSchedule),
  updateEvent: tenantMutation(updateEventTrigger),
  rotateSecret: tenantMutation(rotateTriggerSecret),
  disable: tenantMutation(disableTrigger),
  delete: tenantMutation(deleteTrigger),
});
