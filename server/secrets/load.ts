import { and, eq, isNull, type SQL } from "drizzle-orm";
import { secrets, tenants } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import type { Loaded, Scope } from "@/server/verb";
import { type SecretRow, SHOWN } from "./dto";

/** The tenant's secrets at large, as policy sees them. */
export async function loadSecrets({ ctx }: Scope): Promise<Loaded> {
  return { resource: { subject: "secret", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}

/** Writers of a tenant's secrets take turns from here on: what the next one reads is what this one leaves. */
export async function takeTurn({ ctx, tx }: Scope): Promise<void> {
  await tx
    .select({ id: tenants.tenantId })
    .from(tenants)
    .where(eq(tenants.tenantId, ctx.tenantId))
    .for("no key update");
}

/** The secret in use that the condition names, locked. */
export async function findLive({ ctx, tx }: Scope, which: SQL | undefined): Promise<SecretRow | undefined> {
  const [row] = await tx
    .select(SHOWN)
    .from(secrets)
    .where(and(eq(secrets.tenantId, ctx.tenantId), isNull(secrets.endedAt), which))
    .for("update");
  return row;
}

/** Takes a version out of use, for good. It stays, sealed, only while an open run may have sent it. */
export async function endSecret({ ctx, tx, now }: Scope, { id, version }: SecretRow): Promise<void> {
  await tx
    .update(secrets)
    .set({ endedAt: now })
    .where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, id), eq(secrets.version, version)));
}

/** One secret in use, locked; throws NotFound. */
export async function loadSecret(
  scope: Scope,
  { secretId }: { secretId: string },
): Promise<Loaded & { row: SecretRow }> {
  const row = await findLive(scope, eq(secrets.id, secretId));
  if (row === undefined) throw notFound("secret");
  return { resource: { subject: "secret", tenantId: row.tenantId }, subject: `secret:${row.id}`, row };
}
