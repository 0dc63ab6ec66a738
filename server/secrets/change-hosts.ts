import { and, eq, isNull } from "drizzle-orm";
import { secrets } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, must } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { canonicalJson } from "@/server/kernel/json";
import { defineWrite } from "@/server/verb";
import { secretDto, SHOWN } from "./dto";
import { secretUpdated } from "./events";
import { loadSecret } from "./load";
import { changeHostsSchema } from "./schemas";

/** Changes where a secret may be sent, from the next call on. Refuses one that is not as the caller saw it (Conflict). */
export const changeHosts = defineWrite({
  action: "secret.update",
  receipt: "secret.update",
  input: changeHostsSchema,
  load: loadSecret,
  write: async ({ ctx, tx, now }, { secretId, seenHosts, allowedHosts }, { row }) => {
    if (canonicalJson(row.allowedHosts) !== canonicalJson(seenHosts))
      throw conflict("Somebody changed these hosts after you looked. Load the page again.", {
        allowedHosts: row.allowedHosts,
      });
    const [changed] = await tx
      .update(secrets)
      .set({ allowedHosts, updatedAt: now, updatedBy: actorRef(ctx.actor) })
      .where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, secretId), isNull(secrets.endedAt)))
      .returning(SHOWN);
    const { name, environment } = row;
    return {
      value: secretDto(must(changed, "the locked row is still there")),
      detail: { name, environment, from: row.allowedHosts, to: allowedHosts },
      events: [eventOf(secretUpdated, { tenantId: ctx.tenantId, secretId })],
    };
  },
});
