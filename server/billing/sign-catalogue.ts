import { catalogueSignatures } from "@/db/schema";
import { brokeUnique } from "@/db/postgres-errors";
import { CATALOGUE, catalogueHash } from "@/policies/entitlements/catalogue";
import { missingTitles } from "@/policies/entitlements/signing";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { catalogueItself } from "./catalogue-itself";
import { signCatalogueSchema } from "./schemas";

/**
 * Signs the version of the catalogue that is sold now, as it was read, in one title. Nobody signs twice (Forbidden). Refuses
 * (Conflict) another content than the one that is there, and a title in which somebody has signed it. A signature is over
 * the content's hash: a change makes it void.
 */
export const signCatalogue = defineWrite({
  action: "catalogue.sign",
  receipt: "catalogue.sign",
  input: signCatalogueSchema,
  load: catalogueItself,
  write: async ({ ctx, tx, now }, { contentHash, title }, { signatures }) => {
    const { version } = CATALOGUE;
    if (contentHash !== catalogueHash(CATALOGUE))
      throw conflict("The catalogue is another one than you have read. Read it again before you sign.", {
        contentHash: catalogueHash(CATALOGUE),
      });
    const taken = `Somebody has signed catalogue ${version} for ${title} already.`;
    if (signatures.some((each) => each.title === title)) throw conflict(taken, { field: "title" });
    const signature = { version, contentHash, title, signedBy: actorRef(ctx.actor), signedAt: now };
    try {
      await tx
        .insert(catalogueSignatures)
        .values({ tenantId: ctx.tenantId, id: ctx.newId("catalogueSignature"), ...signature });
    } catch (error) {
      if (brokeUnique(error, "catalogue_signatures_title_key") || brokeUnique(error, "catalogue_signatures_person_key"))
        throw conflict(taken, { field: "title" });
      throw error;
    }
    const missing = missingTitles(CATALOGUE, [...signatures, signature]);
    return { value: { version, missing }, detail: { version, contentHash, title, missing } };
  },
});
