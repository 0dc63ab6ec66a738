import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localBlobStore } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { partsOf, sha256 } from "../testing/parts";
import { composeSample, sealingWith, whatSampleIs } from "../testing/sample";
import { type SigstoreMock, startSigstore } from "../testing/sigstore";
import { startTimeStampAuthority, type TimeStampAuthority } from "../testing/time-stamp-authority";
import { verdictsOf } from "../testing/verifiers";
import { witnessesOf } from "./witnesses";

let authority: TimeStampAuthority;
let sigstore: SigstoreMock;
const folder = mkdtempSync(path.join(tmpdir(), "witnesses-"));
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  [authority, sigstore] = [await startTimeStampAuthority(), await startSigstore()];
  const claims = { iss: "https://ci.example", aud: "sigstore", sub: "https://ci.example/w", exp: 4_102_444_800 };
  const [head, body] = [{ alg: "none" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  writeFileSync(at("token"), `${head}.${body}.x`);
});
afterAll(() => {
  authority.stop();
  sigstore.stop();
  rmSync(folder, { recursive: true, force: true });
});

const blobs = localBlobStore(at("blobs"));
const sealing = () => {
  const e = parseEnv({
    ...{ CONDUCTOR_SECRET: "a secret of a test that is long enough", TIMESTAMP_AUTHORITY_URL: authority.url },
    ...{ SIGSTORE_IDENTITY_TOKEN_FILE: at("token"), SIGSTORE_FULCIO_URL: sigstore.url },
    SIGSTORE_REKOR_URL: sigstore.url,
  });
  return { ...sealingWith("ours"), witnesses: witnessesOf(e, blobs) };
};

describe("a bundle that others vouch for", () => {
  it("holds what they say, is whole to every verifier, and has the same bytes when it is made again", async () => {
    const first = await composeSample(at("first.zip"), { sealing: sealing() });
    const again = await composeSample(at("again.zip"), { sealing: sealing() });
    expect(again.digest).toBe(first.digest);
    const names = partsOf(readFileSync(at("first.zip"))).files.map((file) => file.path);
    expect(names).toEqual(expect.arrayContaining(["manifest.sigstore.json", "manifest.tsr"]));
    for (const name of ["mjs", "py", "sh"] as const)
      expect((await verdictsOf(name, [at("first.zip")])).verdicts).toEqual([
        { verdict: "ok", anchored: false, firstBad: null, of: whatSampleIs() },
      ]);
  });

  it("is checked by the command for time stamps that its VERIFY.md prints", async () => {
    const { folder: name } = await composeSample(at("stamped.zip"), { sealing: sealing() });
    execFileSync("unzip", ["-qq", at("stamped.zip"), "-d", folder]);
    const home = at(name);
    copyFileSync(authority.certificate, path.join(home, "TSA.pem"));
    const printed = readFileSync(path.join(home, "VERIFY.md"), "utf8");
    const command = /^openssl ts -verify .*$/m.exec(printed)?.[0] ?? "false";
    expect(spawnSync("sh", ["-c", command], { cwd: home }).status).toBe(0);
    writeFileSync(path.join(home, "manifest.dsse.json"), "{}");
    expect(spawnSync("sh", ["-c", command], { cwd: home }).status).not.toBe(0);
  });

  it("is refused with one turned bit in what they say", async () => {
    await composeSample(at("turned.zip"), { sealing: sealing() });
    const bytes = readFileSync(at("turned.zip"));
    const stamp = partsOf(bytes).files.find((file) => file.path === "manifest.tsr")?.content ?? Buffer.alloc(0);
    const place = bytes.indexOf(stamp) + Math.floor(stamp.length / 2);
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    writeFileSync(at("turned.zip"), bytes);
    for (const name of ["mjs", "py", "sh"] as const)
      expect((await verdictsOf(name, [at("turned.zip")])).verdicts).toMatchObject([{ verdict: "refused" }]);
  });

  it("is not made where one of them cannot be asked, and nothing of it is left", async () => {
    const e = parseEnv({
      ...{ CONDUCTOR_SECRET: "a secret of a test that is long enough" },
      TIMESTAMP_AUTHORITY_URL: "http://127.0.0.1:1/",
    });
    const witnesses = witnessesOf(e, localBlobStore(at("other-blobs")));
    const before = readdirSync(folder);
    await expect(
      composeSample(at("none.zip"), { sealing: { ...sealingWith("ours"), witnesses } }),
    ).rejects.toMatchObject({ code: "Unavailable" });
    expect(readdirSync(folder)).toEqual(before);
  });

  it("has no such files where nobody is configured", async () => {
    await composeSample(at("alone.zip"));
    const names = partsOf(readFileSync(at("alone.zip"))).files.map((file) => file.path);
    expect(names.filter((name) => /sigstore|tsr/.test(name))).toEqual([]);
    expect(sha256(readFileSync(at("alone.zip")))).not.toBe(sha256(readFileSync(at("first.zip"))));
  });
});
