import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  addOverride,
  createSchedule,
  getOnCall,
  removeOverride,
  removeSchedule,
  setEscalation,
  updateSchedule,
} from "./index";

export const onCallRouter = createRouter({
  get: tenantQuery(getOnCall),
  createSchedule: tenantMutation(createSchedule),
  updateSchedule: tenantMutation(updateSchedule),
  removeSchedule: tenantMutation(removeSchedule),
  addOverride: tenantMutation(addOverride),
  removeOverride: tenantMutation(removeOverride),
  setEscalation: tenantMutation(setEscalation),
});
