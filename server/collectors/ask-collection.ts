import { loadEvidence } from "@/server/evidence";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, noInput } from "@/server/verb";
import { evidenceDue } from "./events";

/** Has the tenant's evidence collected now, besides each night; it comes within seconds. Needs the compliance pack (NotEntitled). */
export const askCollection = defineWrite({
  action: "evidence.collect",
  receipt: "evidence.ask",
  feature: "compliance-pack",
  input: noInput,
  load: loadEvidence,
  write: async ({ ctx: { tenantId, newId } }) => {
    const occasion = `ask:${newId("request")}`;
    return { value: { occasion }, events: [eventOf(evidenceDue, { tenantId, occasion })] };
  },
});
