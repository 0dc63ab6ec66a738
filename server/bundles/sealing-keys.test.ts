import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type BlobStore, localBlobStore } from "@/server/platform/blob-store";
import { evidenceSigningKey, signBytes } from "@/server/platform/keys";
import { keyOf, sealingKeys } from "./sealing-keys";

const secret = (name: string) => `the master secret ${name}, of more than 32 characters`;
const idOf = (name: string) => keyOf(evidenceSigningKey(secret(name))).keyId;
const pemOf = (name: string) => keyOf(evidenceSigningKey(secret(name))).publicPem;

let blobs: BlobStore;
beforeEach(() => {
  blobs = localBlobStore(mkdtempSync(path.join(tmpdir(), "sealing-keys-")));
});

const keysUnder = async (name: string, before?: string) => {
  const e = { CONDUCTOR_SECRET: secret(name), CONDUCTOR_SECRET_PREVIOUS: before && secret(before) };
  return (await sealingKeys(e, blobs)).map(({ keyId }) => keyId);
};
const sorted = (...names: string[]) => names.map(idOf).sort();

describe("the keys that a deployment has sealed with", () => {
  it("are remembered over any number of changes, by the word of each for the ones before", async () => {
    expect(await keysUnder("first")).toEqual(sorted("first"));
    expect(await keysUnder("second", "first")).toEqual(sorted("first", "second"));
    expect(await keysUnder("third", "second")).toEqual(sorted("first", "second", "third"));
    expect(await keysUnder("third")).toEqual(sorted("first", "second", "third"));
  });

  it("are not those that somebody else put beside them, whoever signed for these", async () => {
    await keysUnder("ours");
    await blobs.put(`evidence-keys/${idOf("planted")}.pem`, Buffer.from(pemOf("planted"), "latin1"));
    expect(await keysUnder("ours")).toEqual(sorted("ours"));
    const word = signBytes(
      evidenceSigningKey(secret("planted")),
      Buffer.from(`maestro-conductor/evidence-key\n${pemOf("planted")}`),
    );
    await blobs.put(`evidence-keys/${idOf("planted")}.by-${idOf("ours")}.sig`, word);
    await blobs.put(`evidence-keys/${idOf("planted")}.by-${idOf("planted")}.sig`, word);
    expect(await keysUnder("ours")).toEqual(sorted("ours"));
  });

  it("are not those before a change that no key signed for", async () => {
    await keysUnder("first");
    expect(await keysUnder("second")).toEqual(sorted("second"));
  });
});
