import { eq } from "drizzle-orm";
import { catalogueSignatures, tenants } from "@/db/schema";
import type { Database } from "@/db/client";
import { type Tx, withSystem } from "@/db/tenancy";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { type CatalogueSignature, signaturesOf } from "@/policies/entitlements/signing";
import type { Scope } from "@/server/verb";

export type SignatureRow = typeof catalogueSignatures.$inferSelect;

/** The person that a receipt's name stands for: only people sign. */
export const userIdIn = (signedBy: string): string => signedBy.replace(/^user:/, "");

/** Signatures of the operating tenant's people over what is sold now; those over any other content are void, and left out. */
export async function presentSignatures(tx: Tx, tenantId: string): Promise<SignatureRow[]> {
  const rows = await tx.select().from(catalogueSignatures).where(eq(catalogueSignatures.tenantId, tenantId));
  return signaturesOf(CATALOGUE, rows);
}

/**
 * What is sold now, with who has signed it: they may not sign again. Only the operating tenant's members could be granted it:
 * to others it is a thing of another tenant.
 */
export async function catalogueItself({ ctx, tx }: Scope) {
  const signatures = await presentSignatures(tx, ctx.tenantId);
  const requesters = signatures.map(({ signedBy }) => userIdIn(signedBy));
  const tenantId = ctx.tenant.isOperator ? ctx.tenantId : "the operating tenant";
  const resource = { subject: "catalogue" as const, tenantId, requesters };
  return { resource, subject: `catalogue:${CATALOGUE.version}`, signatures };
}

/** All signatures of whoever operates this deployment; for commands. */
export const findSignatures = (database: Database): Promise<CatalogueSignature[]> =>
  withSystem({ database }, "catalogue-signatures", (tx) =>
    tx
      .select({
        ...{ version: catalogueSignatures.version, contentHash: catalogueSignatures.contentHash },
        ...{ title: catalogueSignatures.title, signedBy: catalogueSignatures.signedBy },
      })
      .from(catalogueSignatures)
      .innerJoin(tenants, eq(tenants.tenantId, catalogueSignatures.tenantId))
      .where(eq(tenants.isOperator, true)),
  );
