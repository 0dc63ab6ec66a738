import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, Verifier } from "@sigstore/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SigstoreMock, startSigstore } from "../testing/sigstore";
import { type Keyless, signKeyless } from "./keyless";

let sigstore: SigstoreMock;
let keyless: Keyless;
const folder = mkdtempSync(path.join(tmpdir(), "keyless-"));
const tokenFile = path.join(folder, "token");
const SUBJECT = "https://ci.example/workflow";

const part = (value: object) => Buffer.from(JSON.stringify(value), "utf8").toString("base64url");
/** A token as the mock reads it: it looks at the claims and at no signature. */
const tokenOf = (sub: string) =>
  `${part({ alg: "none" })}.${part({ iss: "https://ci.example", aud: "sigstore", sub, exp: 4_102_444_800 })}.x`;

beforeAll(async () => {
  sigstore = await startSigstore();
  writeFileSync(tokenFile, `${tokenOf(SUBJECT)}\n`);
  keyless = { fulcioUrl: sigstore.url, rekorUrl: sigstore.url, tokenFile };
});
afterAll(() => {
  sigstore.stop();
  rmSync(folder, { recursive: true, force: true });
});

const STATEMENT = '{"_type":"https://in-toto.io/Statement/v1","predicateType":"urn:test","subject":[]}';

/** Verifies with one entry in the log and one in that of certificates, as a certificate for this identity, to the last letter. */
const verify = (bundle: string, identity = "https://ci\\.example/workflow", trust = sigstore.trust) =>
  new Verifier(trust, { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 }).verify(
    toSignedEntity(bundleFromJSON(JSON.parse(bundle))),
    { subjectAlternativeName: `^${identity}$` },
  );

describe("a root that is signed keyless", () => {
  it("is verified by Sigstore's own verifier, as the workload's identity and no other", async () => {
    const bundle = await signKeyless(keyless, STATEMENT);
    const { dsseEnvelope } = JSON.parse(bundle) as { dsseEnvelope: { payload: string; signatures: unknown[] } };
    expect(Buffer.from(dsseEnvelope.payload, "base64").toString("utf8")).toBe(STATEMENT);
    expect(dsseEnvelope.signatures).toHaveLength(1);
    expect(() => verify(bundle)).not.toThrow();
    expect(() => verify(bundle, "https://ci\\.example/work")).toThrow();
    const other = await startSigstore();
    expect(() => verify(bundle, undefined, other.trust)).toThrow();
    other.stop();
  });

  it("is refused with a word changed", async () => {
    const bundle = await signKeyless(keyless, STATEMENT);
    const payload = Buffer.from(STATEMENT, "utf8").toString("base64");
    const changed = bundle.replace(payload, Buffer.from(STATEMENT.replace("test", "tost"), "utf8").toString("base64"));
    expect(changed).not.toBe(bundle);
    expect(() => verify(changed)).toThrow();
  });

  it.each<[string, () => Partial<Keyless>]>([
    ["nobody answers", () => ({ fulcioUrl: "http://127.0.0.1:1" })],
    ["there is no token", () => ({ tokenFile: path.join(folder, "none") })],
  ])("is Unavailable where %s", async (_title, over) => {
    await expect(signKeyless({ ...keyless, ...over() }, STATEMENT)).rejects.toMatchObject({ code: "Unavailable" });
  });
});
