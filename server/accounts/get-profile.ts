import { defineAccountVerb, noInput } from "@/server/verb";

/** Who the caller is signed in as. */
export const getProfile = defineAccountVerb({
  kind: "read",
  self: "reads the caller's own name and address",
  input: noInput,
  run: async (ctx) => ({ ...ctx.user, sessionId: ctx.actor.sessionId }),
});
