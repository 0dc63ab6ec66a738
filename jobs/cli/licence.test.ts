import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LicenceError, readLicence } from "@/server/entitlements";
import { type IssueAsked, runLicenceIssue, runLicenceVerify } from "./licence";

afterEach(() => {
  vi.restoreAllMocks();
});

const folder = mkdtempSync(path.join(tmpdir(), "conductor-licence-"));
const file = (name: string, text?: string) => {
  const full = path.join(folder, name);
  if (text !== undefined) writeFileSync(full, text);
  return full;
};
const pair = (name: string) => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    private: file(`${name}.pem`, privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
    public: file(`${name}.pub.pem`, publicKey.export({ type: "spki", format: "pem" }).toString()),
    text: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
  };
};
const ours = pair("ours");
const theirs = pair("theirs");
const days = (count: number) => new Date(Date.now() + count * 86_400_000);

const asked = (over: Partial<IssueAsked> = {}): IssueAsked => ({
  ...{ id: "partner-1", sku: "white-label", holder: "Partner", deployment: "conductor.partner.example" },
  ...{ tenants: 5, addOn: [], expires: days(365), issuer: "Maestro", key: ours.private, ...over },
});

/** What a command prints, and how it ends. */
function run(work: () => number) {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  const code = work();
  vi.restoreAllMocks();
  return { code, out: out.join(""), err: err.join("") };
}
const issued = (name: string, over: Partial<IssueAsked> = {}) => {
  const out = file(name);
  expect(run(() => runLicenceIssue(asked({ ...over, out }))).code).toBe(0);
  return out;
};
const configured = (licence: string, over: object = {}) => ({
  ...{ CONDUCTOR_LICENCE_FILE: licence, CONDUCTOR_LICENCE_PUBLIC_KEY: ours.text },
  ...{ CONDUCTOR_PUBLIC_URL: "https://conductor.partner.example", ...over },
});

describe("conductor licence", () => {
  it("issues what it verifies, and never over another file", () => {
    const out = issued("good.json");
    const verified = run(() => runLicenceVerify({ file: out, key: ours.public }));
    expect(verified).toMatchObject({ code: 0, err: "" });
    expect(verified.out).toContain("white-label for Partner");
    expect(run(() => runLicenceIssue(asked({ out }))).code).toBe(1);
    expect(readFileSync(out, "utf8")).toContain("partner-1");
  });

  it.each([
    ["an edition that is not licensed", { sku: "pro" }, /sku/],
    ["an add-on that there is not", { addOn: ["gold"] }, /no add-on/],
    ["an end in the past", { expires: days(-1) }, /before it begins/],
    ["a public key", { key: ours.public }, /private key/],
    ["no key", { key: "/nowhere" }, /private key/],
  ])("issues nothing for %s", (_what, over, words) => {
    const out = file("never.json");
    const { code, err } = run(() => runLicenceIssue(asked({ ...over, out })));
    expect([code, existsSync(out)]).toEqual([2, false]);
    expect(err).toMatch(words);
  });

  it("refuses another key, another deployment and another text", () => {
    const out = issued("refused.json");
    const code = (over: object) => run(() => runLicenceVerify({ file: out, key: ours.public, ...over })).code;
    expect(code({ deployment: "other.example" })).toBe(1);
    expect(code({ key: theirs.public })).toBe(1);
    expect(
      code({ file: file("changed.json", readFileSync(out, "utf8").replace('"tenants": 5', '"tenants": 6')) }),
    ).toBe(1);
    expect(code({})).toBe(0);
  });
});

describe("the licence of a deployment", () => {
  it("is what the file says, and none where no file is named", () => {
    expect(readLicence(configured(issued("read.json")), new Date())).toMatchObject({ sku: "white-label", tenants: 5 });
    expect(readLicence({ CONDUCTOR_PUBLIC_URL: "https://conductor.partner.example" }, new Date())).toBeNull();
  });

  it("counts on for reading when it has expired", () => {
    expect(readLicence(configured(issued("over.json")), days(370))).toMatchObject({ id: "partner-1" });
  });

  it.each([
    ["another deployment's", { CONDUCTOR_PUBLIC_URL: "https://other.example" }, days(1), /it is for/],
    ["another key's", { CONDUCTOR_LICENCE_PUBLIC_KEY: theirs.text }, days(1), /is known here/],
    ["with a key that is none", { CONDUCTOR_LICENCE_PUBLIC_KEY: "AAAA" }, days(1), /no Ed25519/],
    ["not there", { CONDUCTOR_LICENCE_FILE: "/nowhere.json" }, days(1), /cannot be read/],
    ["not begun", {}, days(-5), /counts from/],
  ])("stops the start when it is %s", (name, over, now, words) => {
    const configuration = configured(issued(`${name}.json`.replaceAll(/[ ']/g, "-")), over);
    const read = () => readLicence(configuration, now);
    expect(read).toThrow(LicenceError);
    expect(read).toThrow(words);
  });
});
