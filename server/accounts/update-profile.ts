import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { defineAccountVerb } from "@/server/verb";
import { updateProfileSchema } from "./schemas";

/** Changes the name that others see. The address stays: it is what the person signs in with. */
export const updateProfile = defineAccountVerb({
  kind: "write",
  self: "changes the caller's own name",
  input: updateProfileSchema,
  run: async (ctx, input) => {
    await withoutTenant(ctx, (tx) => tx.update(users).set({ name: input.name }).where(eq(users.id, ctx.user.id)));
    return { name: input.name };
  },
});
