import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { accessOf } from "./access";
import { effectiveProjection } from "./effective";
import { hasExpired, type Licence, licenceFault, licenceProjection } from "./licence";
import { keyIdOf, openLicence, signLicence } from "./licence-signature";

const NOW = new Date("2026-11-26T12:00:00Z");
const HOST = "conductor.partner.example";
const keys = generateKeyPairSync("ed25519");
const others = generateKeyPairSync("ed25519");
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);

const licence = (over: Partial<Licence> = {}): Licence => ({
  ...{ version: 1, id: "partner-2026", sku: "white-label", issuer: "Maestro", holder: "Partner", deployment: HOST },
  ...{ tenants: 20, seats: 50, concurrentRuns: 200, addOns: [], catalogueVersion: 1 },
  ...{ notBefore: days(-10).toISOString(), expiresAt: days(10).toISOString(), ...over },
});
const signed = (over: Partial<Licence> = {}) => signLicence(licence(over), keys.privateKey);
const open = (value: unknown, key = keys.publicKey) => openLicence(JSON.stringify(value), key);

describe("a licence file", () => {
  it("opens with the key that signed it, however its JSON is laid out", () => {
    expect(open(signed())).toEqual({ licence: licence() });
    const { licence: content, keyId, signature } = signed();
    const reversed = Object.fromEntries(Object.entries(content).reverse());
    expect(openLicence(JSON.stringify({ signature, keyId, licence: reversed }, null, 2), keys.publicKey)).toEqual({
      licence: licence(),
    });
    expect(signed().keyId).toBe(keyIdOf(keys.publicKey));
  });

  const tampered = (over: object) => ({ ...signed(), licence: { ...licence(), ...over } });
  it.each([
    ["a later end", tampered({ expiresAt: days(400).toISOString() }), /does not fit/],
    ["more tenants", tampered({ tenants: 21 }), /does not fit/],
    ["no limit of seats", tampered({ seats: null }), /does not fit/],
    ["another deployment", tampered({ deployment: "other.example" }), /does not fit/],
    ["another add-on", tampered({ addOns: ["incident"] }), /does not fit/],
    ["a field of nobody's", tampered({ admin: true }), /no licence/],
    ["an edition that is not licensed", tampered({ sku: "enterprise" }), /no licence/],
    ["a signature of nothing", { ...signed(), signature: "A".repeat(86) }, /does not fit/],
    ["a signature that is cut short", { ...signed(), signature: "A" }, /no licence/],
    ["the name of another key", { ...signed(), keyId: keyIdOf(others.publicKey) }, /is known here/],
    ["nothing", null, /no licence/],
  ])("is refused with %s", (_what, value, fault) => {
    expect(open(value)).toEqual({ fault: expect.stringMatching(fault) as string });
  });

  it("is refused when another key signed it, also one that calls itself ours", () => {
    const theirs = signLicence(licence(), others.privateKey);
    expect(open(theirs)).toEqual({ fault: expect.stringContaining("is known here") as string });
    expect(open({ ...theirs, keyId: keyIdOf(keys.publicKey) })).toEqual({
      fault: expect.stringContaining("does not fit") as string,
    });
    expect(openLicence("{", keys.publicKey)).toEqual({ fault: "it is no JSON" });
  });

  it("is signed and opened by Ed25519 alone", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    expect(() => signLicence(licence(), rsa.privateKey)).toThrow(TypeError);
    expect(open(signed(), rsa.publicKey)).toEqual({ fault: expect.stringContaining("not Ed25519") as string });
  });

  it.each([
    ["on its deployment", {}, HOST, null],
    ["on another one", {}, "conductor.other.example", /it is for/],
    ["before it begins", { notBefore: days(1).toISOString() }, HOST, /counts from/],
    ["when it has expired", { expiresAt: days(-1).toISOString(), notBefore: days(-99).toISOString() }, HOST, null],
    ["with an end before its beginning", { expiresAt: days(-20).toISOString() }, HOST, /before it begins/],
  ])("counts or not %s", (_what, over, host, fault) => {
    const found = licenceFault(licence(over), host, NOW);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });

  it("expires to the millisecond", () => {
    const end = days(10);
    expect([hasExpired(licence(), new Date(end.getTime() - 1)), hasExpired(licence(), end)]).toEqual([false, true]);
  });

  it.each([
    ["while it lasts", -1, true, true, true],
    ["in its grace", 10, true, false, true],
    ["on the last day of its grace", 39, true, false, true],
    ["after that", 40, false, false, false],
  ])("gives %s", (_what, at, hasBranding, mayStartRuns, isKept) => {
    const access = accessOf(licenceProjection(licence(), days(at)), days(at));
    expect(access.features.has("own-branding")).toBe(hasBranding);
    expect(access.mayStartRuns).toBe(mayStartRuns);
    expect(access.features.size > 0).toBe(isKept);
    expect(access.limits).toMatchObject({ seats: 50, concurrentRuns: 200 });
  });

  it("counts in place of what was bought, and not of what is granted by hand", () => {
    const ours = licenceProjection(licence(), NOW);
    const bought = { ...ours, source: "stripe" as const };
    const override = {
      ...{ plan: "pro" as const, addOns: [], moreSeats: 0, catalogueVersion: 1 },
      ...{ grantedAt: days(-1), expiresAt: days(1) },
    };
    const sourceAt = (at: Date) => effectiveProjection({ override, licence: ours, bought, trial: null }, at)?.source;
    expect([sourceAt(NOW), sourceAt(days(2))]).toEqual(["manual", "licence"]);
  });
});
