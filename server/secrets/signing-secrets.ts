import { randomBytes } from "node:crypto";
import { and, desc, eq, isNull, lt } from "drizzle-orm";
import { type adapterSecrets, type triggerSecrets } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { secretFrom } from "@/server/triggers/domain/signature";
import type { Scope } from "@/server/verb";
import { processSecretKeys } from "./keys";
import { seal } from "./seal";

const HOUR_MS = 3_600_000;

/** Every table of signing secrets: each names what a secret belongs to in the same columns. */
type SigningTable = typeof triggerSecrets | typeof adapterSecrets;

async function keep({ ctx, tx, now }: Scope, table: SigningTable, id: string, version: number): Promise<string> {
  const secret = secretFrom(randomBytes(32));
  const place = { tenantId: ctx.tenantId, id, version };
  await tx.insert(table).values({ ...place, ...seal(secret, place, processSecretKeys()), createdAt: now });
  return secret;
}

/** Makes the first signing secret of something and keeps it sealed; the one time that anybody has it in words. */
export const makeSigningSecret = (scope: Scope, table: SigningTable, id: string): Promise<string> =>
  keep(scope, table, id, 1);

/**
 * Gives something a new signing secret, and gives it in words this once. The one before is good until the grace ends (hours;
 * 0: it ends now), the one before that no longer.
 */
export async function rotateSigningSecret(
  scope: Scope,
  table: SigningTable,
  id: string,
  graceHours: number,
): Promise<string> {
  const { ctx, tx, now } = scope;
  const its = and(eq(table.tenantId, ctx.tenantId), eq(table.id, id));
  const [newest] = await tx
    .select({ version: table.version })
    .from(table)
    .where(its)
    .orderBy(desc(table.version))
    .limit(1);
  const { version } = must(newest, "what signs has a secret");
  await tx.delete(table).where(and(its, lt(table.version, version)));
  const validUntil = new Date(now.getTime() + graceHours * HOUR_MS);
  if (graceHours === 0) await tx.delete(table).where(its);
  else
    await tx
      .update(table)
      .set({ validUntil })
      .where(and(its, isNull(table.validUntil)));
  return keep(scope, table, id, version + 1);
}
