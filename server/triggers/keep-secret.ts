import { randomBytes } from "node:crypto";
import { triggerSecrets } from "@/db/schema";
import { processSecretKeys, seal } from "@/server/secrets";
import type { Scope } from "@/server/verb";
import { secretFrom } from "./domain/signature";

/** Makes a trigger's signing secret of this version and keeps it sealed; the one time that anybody has it in words. */
export async function keepSecret({ ctx, tx, now }: Scope, id: string, version: number): Promise<string> {
  const secret = secretFrom(randomBytes(32));
  const place = { tenantId: ctx.tenantId, id, version };
  await tx.insert(triggerSecrets).values({ ...place, ...seal(secret, place, processSecretKeys()), createdAt: now });
  return secret;
}
