import { catalogueHash } from "./catalogue";
import type { Catalogue } from "./schema";

/** Who has to sign a version before it is sold: two people, one for each. */
export const SIGNER_TITLES = ["founder", "go-to-market"] as const;
export type SignerTitle = (typeof SIGNER_TITLES)[number];

/** That somebody has agreed to exactly this content. */
export interface CatalogueSignature {
  version: number;
  /** Of what was signed, as `catalogueHash` says. */
  contentHash: string;
  title: SignerTitle;
  signedBy: string;
}

/** Of signatures, those over the very content of a catalogue: over any other they are void. */
export const signaturesOf = <Signature extends CatalogueSignature>(
  catalogue: Catalogue,
  all: readonly Signature[],
): Signature[] => {
  const hash = catalogueHash(catalogue);
  return all.filter(({ version, contentHash }) => version === catalogue.version && contentHash === hash);
};

/** In which titles a catalogue is still to be signed; nobody counts twice. None: it may be sold. */
export function missingTitles(catalogue: Catalogue, all: readonly CatalogueSignature[]): SignerTitle[] {
  const people = new Set<string>();
  const signed = new Set<SignerTitle>();
  for (const { title, signedBy } of signaturesOf(catalogue, all)) {
    if (people.has(signedBy)) continue;
    people.add(signedBy);
    signed.add(title);
  }
  return SIGNER_TITLES.filter((title) => !signed.has(title));
}

/** That a catalogue is a draft, in words; null for one that both have signed. */
export function draftWords(catalogue: Catalogue, all: readonly CatalogueSignature[]): string | null {
  const missing = missingTitles(catalogue, all);
  return missing.length === 0
    ? null
    : `Catalogue ${catalogue.version} is a draft: it is not signed for ${missing.join(" and ")}, by two people of the operating tenant.`;
}
