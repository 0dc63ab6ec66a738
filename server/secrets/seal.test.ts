import { describe, expect, it } from "vitest";
import { newId } from "@/server/kernel/ids";
import { secretKeysOf } from "./keys";
import { type Place, rewrap, seal, unseal, UnsealError } from "./seal";

const OLD = "the old master secret, of 32 characters and more";
const NEW = "the new master secret, of 32 characters and more";
const keys = secretKeysOf({ CONDUCTOR_SECRET: OLD });
const place: Place = { tenantId: newId("tenant"), id: newId("secret"), version: 3 };

describe("a sealed value", () => {
  it("opens in its place, and looks different each time it is sealed", () => {
    const [first, second] = [seal("välue €", place, keys), seal("välue €", place, keys)];
    expect([unseal(first, place, keys), unseal(second, place, keys)]).toEqual(["välue €", "välue €"]);
    expect(first.sealedValue).not.toBe(second.sealedValue);
    expect(first.wrappedKey).not.toBe(second.wrappedKey);
  });

  it.each<[string, Partial<Place>]>([
    ["another tenant", { tenantId: newId("tenant") }],
    ["another secret", { id: newId("secret") }],
    ["another version", { version: 4 }],
  ])("does not open in %s", (_what, over) => {
    expect(() => unseal(seal("a value", place, keys), { ...place, ...over }, keys)).toThrow(UnsealError);
  });

  it.each(["sealedValue", "wrappedKey"] as const)("does not open once a bit of its %s was changed", (part) => {
    const sealed = seal("a value", place, keys);
    for (const at of [0, 12, 28]) {
      const bytes = Buffer.from(sealed[part], "base64url");
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(() => unseal({ ...sealed, [part]: bytes.toString("base64url") }, place, keys)).toThrow(UnsealError);
    }
    expect(() => unseal({ ...sealed, [part]: "" }, place, keys)).toThrow(UnsealError);
  });

  it("does not open with the parts of another, nor with one part as the other", () => {
    const [first, second] = [seal("first one", place, keys), seal("second one", place, keys)];
    expect(() => unseal({ ...first, sealedValue: second.sealedValue }, place, keys)).toThrow(UnsealError);
    expect(() => unseal({ ...first, sealedValue: first.wrappedKey }, place, keys)).toThrow(UnsealError);
  });
});

describe("a new master secret", () => {
  const both = secretKeysOf({ CONDUCTOR_SECRET: NEW, CONDUCTOR_SECRET_PREVIOUS: OLD });
  const only = secretKeysOf({ CONDUCTOR_SECRET: NEW });

  it("opens what the one before sealed only while that is named", () => {
    const sealed = seal("a value", place, keys);
    expect(unseal(sealed, place, both)).toBe("a value");
    expect(() => unseal(sealed, place, only)).toThrow(UnsealError);
  });

  it("wraps the data key anew and leaves the value as it is sealed", () => {
    const sealed = seal("a value", place, keys);
    const rotated = { ...sealed, ...rewrap(sealed, place, both) };
    expect(rotated).toMatchObject({ sealedValue: sealed.sealedValue, keyId: only.current.keyId });
    expect(unseal(rotated, place, only)).toBe("a value");
    expect(() => unseal(rotated, place, keys)).toThrow(UnsealError);
    expect(() => rewrap(sealed, place, only)).toThrow(UnsealError);
  });
});
