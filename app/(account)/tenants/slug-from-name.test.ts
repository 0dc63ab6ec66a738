import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slugSchema } from "@/server/kernel/schemas";
import { slugFromName } from "./slug-from-name";

describe("slugFromName", () => {
  it.each([
    ["Acme Industries", "acme-industries"],
    ["  Ångström & Søn GmbH ", "angstrom-s-n-gmbh"],
    ["42 Degrees", "degrees"],
    ["!!!", ""],
  ])("%j becomes %j", (name, slug) => {
    expect(slugFromName(name)).toBe(slug);
  });

  it("is an address the server accepts whenever it is long enough", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (name) => {
        const slug = slugFromName(name);
        expect(slug.length < 3 || slugSchema.safeParse(slug).success).toBe(true);
      }),
    );
  });
});
