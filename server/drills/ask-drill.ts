import { actorRef } from "@/server/kernel/actor";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, noInput, type Scope } from "@/server/verb";
import { drillAsked } from "./events";

/** The tenant's incidents at large, of which a drill is one. */
export const loadDrills = async ({ ctx }: Pick<Scope, "ctx">) => ({
  resource: { subject: "incident" as const, tenantId: ctx.tenantId },
  subject: `tenant:${ctx.tenantId}`,
});

/** Asks for a drill, which begins within seconds. Needs incident automation (NotEntitled). */
export const askDrill = defineWrite({
  action: "incident.resolve",
  receipt: "drill.ask",
  feature: "incident-automation",
  input: noInput,
  load: loadDrills,
  write: async ({ ctx: { tenantId, actor } }) => ({
    value: { isAsked: true },
    events: [eventOf(drillAsked, { tenantId, askedBy: actorRef(actor) })],
  }),
});
