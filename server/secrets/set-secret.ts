import { and, eq, isNull, sql } from "drizzle-orm";
import { secrets } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid, limitReached, must, notFound } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import { type SecretRow, secretDto, SHOWN } from "./dto";
import { secretSet } from "./events";
import { processSecretKeys } from "./keys";
import { endSecret, findLive, loadSecrets, takeTurn } from "./load";
import { setSecretSchema } from "./schemas";
import { seal } from "./seal";

/** Secrets a tenant may have in use: more than integrations need, few enough for a person to look through. */
const SECRETS_MAX = 200;

interface Wanted {
  name: string;
  environment: string;
  allowedHosts?: string[] | undefined;
  replaces?: number | undefined;
}

async function refuseTooMany({ ctx, tx }: Scope): Promise<void> {
  const [live] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(secrets)
    .where(and(eq(secrets.tenantId, ctx.tenantId), isNull(secrets.endedAt)));
  if (live !== undefined && live.count >= SECRETS_MAX)
    throw limitReached(`A tenant may have ${SECRETS_MAX} secrets. Delete one first.`, { limit: SECRETS_MAX });
}

/** Throws where what is in use is not what the caller saw. */
function refuseUnseen(live: SecretRow | undefined, { name, environment, replaces }: Wanted): void {
  if (replaces === undefined && live !== undefined)
    throw conflict(`There is a secret ${name} in ${environment} already. Replace its value instead.`, {
      field: "name",
    });
  if (replaces === undefined) return;
  if (live === undefined) throw notFound("secret");
  if (live.version !== replaces)
    throw conflict("Somebody replaced this secret after you looked. Load the page again.", { version: live.version });
}

/**
 * Sets a secret: a new one, or a new version of the one the caller saw. Its value cannot be read back by anybody. Refuses
 * a new one without hosts (Invalid), one that is not as the caller saw it (Conflict), and more than 200 (LimitReached).
 */
export const setSecret = defineWrite({
  action: "secret.set",
  receipt: "secret.set",
  input: setSecretSchema,
  withheld: ["value"],
  load: loadSecrets,
  write: async (scope, { value, ...wanted }) => {
    const { ctx, tx, now } = scope;
    const { name, environment } = wanted;
    await takeTurn(scope);
    const live = await findLive(scope, and(eq(secrets.environment, environment), eq(secrets.name, name)));
    refuseUnseen(live, wanted);
    const allowedHosts = wanted.allowedHosts ?? live?.allowedHosts;
    if (allowedHosts === undefined)
      throw invalid("Say where this secret may be sent.", {
        fields: [{ path: "allowedHosts", message: "must name at least one host" }],
      });
    if (live === undefined) await refuseTooMany(scope);
    else await endSecret(scope, live);
    const place = { tenantId: ctx.tenantId, id: live?.id ?? ctx.newId("secret"), version: (live?.version ?? 0) + 1 };
    const by = actorRef(ctx.actor);
    const [row] = await tx
      .insert(secrets)
      .values({
        ...{ ...place, name, environment, allowedHosts, ...seal(value, place, processSecretKeys()) },
        ...{ createdBy: live?.createdBy ?? by, createdAt: live?.createdAt ?? now, updatedBy: by, updatedAt: now },
      })
      .returning(SHOWN);
    const { id: secretId, version } = place;
    return {
      value: secretDto(must(row, "an insert returns its row")),
      subject: `secret:${secretId}`,
      detail: { name, environment, version, allowedHosts },
      events: [eventOf(secretSet, { tenantId: ctx.tenantId, secretId, version })],
    };
  },
});
