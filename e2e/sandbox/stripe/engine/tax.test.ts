import { describe, expect, it } from "vitest";
import { type TaxFacts, taxOn } from "./tax";

const of = (facts: Partial<TaxFacts>): TaxFacts => ({ country: "DE", exemption: "none", hasVatId: false, ...facts });

describe("tax", () => {
  it.each<[string, number, boolean, Partial<TaxFacts>, number, string]>([
    ["comes on top", 1000, false, {}, 190, "standard_rated"],
    ["is part of the price", 1190, true, {}, 190, "standard_rated"],
    ["with a decimal rate", 1000, false, { country: "CH" }, 81, "standard_rated"],
    ["rounds halves away from zero", 50, false, { country: "ES" }, 11, "standard_rated"],
    ["of a credit is given back", -1000, false, {}, -190, "standard_rated"],
    ["is not collected elsewhere", 1000, false, { country: "US" }, 0, "not_collecting"],
    ["is none for who is exempt", 1000, false, { exemption: "exempt" }, 0, "customer_exempt"],
    ["is reckoned by a business itself", 1000, false, { hasVatId: true }, 0, "reverse_charge"],
    ["is reversed when that is set", 1000, false, { exemption: "reverse" }, 0, "reverse_charge"],
  ])("%s", (_, cents, isInclusive, facts, expected, reason) => {
    expect(taxOn(cents, isInclusive, of(facts))).toMatchObject({ cents: expected, reason });
  });

  it("is unknown where the place is", () => {
    expect(taxOn(1000, false, of({ country: null }))).toBeNull();
  });
});
