import { inArray } from "drizzle-orm";
import { users } from "@/db/schema";
import { CATALOGUE, catalogueHash } from "@/policies/entitlements/catalogue";
import { missingTitles, type SignerTitle } from "@/policies/entitlements/signing";
import { notFound } from "@/server/kernel/errors";
import { defineRead } from "@/server/verb";
import { presentSignatures, userIdIn } from "./catalogue-itself";
import { pricesThemselves } from "./prices-themselves";
import { getCatalogueSchema } from "./schemas";

interface CatalogueDto {
  version: number;
  contentHash: string;
  /** Who has signed this content, by name; moments are ISO 8601. */
  signatures: { title: SignerTitle; name: string; isOwn: boolean; signedAt: string }[];
  /** In which titles it is still to be signed; none: it may be sold. */
  missing: SignerTitle[];
}

/** A version of the catalogue, and who has signed it; NotFound for any but the one that is sold now. */
export const getCatalogue = defineRead({
  action: "pricing.read",
  input: getCatalogueSchema,
  load: pricesThemselves,
  read: async ({ ctx, tx }, { version }): Promise<CatalogueDto> => {
    if (version !== CATALOGUE.version) throw notFound("version of the catalogue");
    const signatures = await presentSignatures(tx, ctx.tenantId);
    const ids = signatures.map(({ signedBy }) => userIdIn(signedBy));
    const people = ids.length === 0 ? [] : await tx.select().from(users).where(inArray(users.id, ids));
    const nameOf = (id: string) => {
      const person = people.find((each) => each.id === id);
      return person?.name ?? person?.email ?? "Somebody who has left";
    };
    return {
      ...{ version, contentHash: catalogueHash(CATALOGUE) },
      signatures: signatures.map(({ title, signedBy, signedAt }) => ({
        ...{ title, name: nameOf(userIdIn(signedBy)), isOwn: userIdIn(signedBy) === ctx.principal.id },
        signedAt: signedAt.toISOString(),
      })),
      missing: missingTitles(CATALOGUE, signatures),
    };
  },
});
