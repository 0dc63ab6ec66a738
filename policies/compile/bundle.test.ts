import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { shippedPolicy } from "@/policies/packs";
import { bundleOf, bundleTexts, verifyBundle } from "./bundle";
import { SIGNATURES } from "./bundle-signature";
import { type ArchiveFile, packed, unpacked } from "./tar";

const keyPair = () => generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { privateKey, publicKey } = keyPair();
const texts = bundleTexts(shippedPolicy("conductor-governance-saas"), [
  { title: "Nobody", request: {}, allow: false, rule: "malformed-input" },
]);
const bundle = bundleOf(texts, { privateKey, keyId: "key-1" });
const files = unpacked(bundle);

const changed = (change: (files: ArchiveFile[]) => ArchiveFile[]) => packed(change(unpacked(bundle)));
const withText = (name: string, change: (text: string) => string) =>
  changed((all) =>
    all.map((file) => (file.name === name ? { name, bytes: Buffer.from(change(file.bytes.toString("utf8"))) } : file)),
  );
const token = () => {
  const signatures = files.find(({ name }) => name === SIGNATURES)?.bytes.toString("utf8") ?? "";
  return (JSON.parse(signatures) as { signatures: [string] }).signatures[0].split(".") as [string, string, string];
};
const withToken = (parts: readonly string[]) =>
  withText(SIGNATURES, () => JSON.stringify({ signatures: [parts.join(".")] }));
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a bundle", () => {
  it("is of the same bytes for the same files, but for its signature, and says of no time or platform", () => {
    const unsigned = files.filter(({ name }) => name !== SIGNATURES);
    expect(packed(unsigned)).toEqual(packed([...unsigned].reverse()));
    expect([...bundle.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
    expect(gunzipSync(bundle).length % 512).toBe(0);
  });

  it("is valid by its own key, and names what decides", () => {
    const verified = verifyBundle(bundle, publicKey);
    expect(verified.revision).toMatch(/^conductor-governance-saas@\d+\+[0-9a-f]{16}#[0-9a-f]{16}$/);
    expect(verified.files).toEqual([".manifest", SIGNATURES, "data.json", "policy.rego", "policy_test.rego"]);
  });

  it("stays valid when its JSON is written otherwise: what it says is signed", () => {
    expect(
      verifyBundle(
        withText("data.json", (text) => JSON.stringify(JSON.parse(text))),
        publicKey,
      ).files,
    ).toHaveLength(5);
  });
});

describe("a bundle is refused", () => {
  const [header, payload, signature] = token();
  const unsafe = encoded({ alg: "none", typ: "JWT" });
  const symmetric = encoded({ alg: "HS256", typ: "JWT" });
  const extra = { name: "more.rego", bytes: Buffer.from("package conductor.authz\n") };
  it.each<[string, Buffer, KeyObject, string]>([
    [
      "a changed policy",
      withText("policy.rego", (t) => t.replace("false", "true")),
      publicKey,
      "policy.rego was changed",
    ],
    ["changed data", withText("data.json", (t) => t.replace("quorum", "Quorum")), publicKey, "data.json was changed"],
    ["data that is none", withText("data.json", () => "{"), publicKey, "data.json was changed"],
    [
      "a changed manifest",
      withText(".manifest", (t) => t.replace("authz", "other")),
      publicKey,
      ".manifest was changed",
    ],
    ["a file more", changed((all) => [...all, extra]), publicKey, "more.rego is not among what was signed"],
    [
      "a file less",
      changed((all) => all.filter(({ name }) => name !== "data.json")),
      publicKey,
      "data.json was signed, and is missing",
    ],
    ["a file twice", changed((all) => [...all, ...all.slice(0, 1)]), publicKey, "is there twice"],
    ["no signature", changed((all) => all.filter(({ name }) => name !== SIGNATURES)), publicKey, "not signed"],
    [
      "two signatures",
      withText(SIGNATURES, () => JSON.stringify({ signatures: ["a", "b"] })),
      publicKey,
      "cannot be read",
    ],
    ["another's key", bundle, keyPair().publicKey, "not by this key"],
    ["a key of another kind", bundle, generateKeyPairSync("ed25519").publicKey, "no public key for ES256"],
    ["the algorithm none", withToken([unsafe, payload, ""]), publicKey, 'signed with "none"'],
    ["a symmetric algorithm", withToken([symmetric, payload, signature]), publicKey, 'signed with "HS256"'],
    [
      "another payload",
      withToken([header, encoded({ files: [], scope: "conductor" }), signature]),
      publicKey,
      "not by this key",
    ],
    ["no token", withToken(["x"]), publicKey, "cannot be read"],
    ["no archive", Buffer.from("hello"), publicKey, "cannot be read"],
    ["a damaged archive", Buffer.from(bundle.subarray(0, bundle.length - 40)), publicKey, "cannot be read"],
  ])("with %s", (_what, archive, key, reason) => {
    expect(() => verifyBundle(archive, key)).toThrow(reason);
  });
});

it.each(GOVERNANCE_PROFILES)("what is committed of %s is what its pack comes to", (profile) => {
  const folder = path.resolve(import.meta.dirname, "..", "generated", "opa", profile);
  const committed = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
  );
  const { "policy.rego": rego, "data.json": data } = bundleTexts(shippedPolicy(profile), []);
  expect([committed["policy.rego"], committed["data.json"]]).toEqual([rego, data]);
  expect(Object.keys(committed).sort()).toEqual([".manifest", "data.json", "policy.rego", "policy_test.rego"]);
});
