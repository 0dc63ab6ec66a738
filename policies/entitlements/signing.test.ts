import { describe, expect, it } from "vitest";
import { CATALOGUE, catalogueHash } from "./catalogue";
import { type CatalogueSignature, draftWords, missingTitles } from "./signing";

const by = (signedBy: string, title: CatalogueSignature["title"], over: Partial<CatalogueSignature> = {}) => ({
  ...{ version: CATALOGUE.version, contentHash: catalogueHash(CATALOGUE), signedBy, title },
  ...over,
});

describe("a catalogue", () => {
  it.each<[string, CatalogueSignature[], string[]]>([
    ["nobody has signed", [], ["founder", "go-to-market"]],
    ["a founder has signed", [by("user:a", "founder")], ["go-to-market"]],
    ["two people have signed", [by("user:a", "founder"), by("user:b", "go-to-market")], []],
    ["one person has signed twice", [by("user:a", "founder"), by("user:a", "go-to-market")], ["go-to-market"]],
    ["two founders have signed", [by("user:a", "founder"), by("user:b", "founder")], ["go-to-market"]],
    [
      "was changed since one signed",
      [by("user:a", "founder", { contentHash: "sha256:0" }), by("user:b", "go-to-market")],
      ["founder"],
    ],
    [
      "of another version was signed",
      [by("user:a", "founder", { version: 2 }), by("user:b", "go-to-market", { version: 2 })],
      ["founder", "go-to-market"],
    ],
  ])("that %s is missing %j", (_what, signatures, missing) => {
    expect(missingTitles(CATALOGUE, signatures)).toEqual(missing);
    expect(draftWords(CATALOGUE, signatures) === null).toBe(missing.length === 0);
  });

  it("has another hash for another price", () => {
    const changed = structuredClone(CATALOGUE);
    const [, , standard] = changed.skus;
    if (standard?.price.kind === "subscription") standard.price.base.cents += 1;
    expect(catalogueHash(changed)).not.toBe(catalogueHash(CATALOGUE));
  });
});
