import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blobStoreOf } from "@/server/platform/blob-store";
import { type Env, parseEnv } from "@/server/platform/env";
import { makeRelease } from "./release";

interface Statement {
  subject: { name: string; digest: { sha256: string } }[];
  predicateType: string;
  predicate: Record<string, unknown>;
}

const folder = (name: string) => mkdtempSync(path.join(tmpdir(), `${name}-`));
const environment = (): Env =>
  parseEnv({
    CONDUCTOR_SECRET: "a secret of tests that is long enough",
    CONDUCTOR_HOME: folder("home"),
    CONDUCTOR_REVISION: "r1",
  });

function build(page: string): string {
  const built = folder("build");
  writeFileSync(path.join(built, "BUILD_ID"), "one");
  writeFileSync(path.join(built, "page.js"), page);
  return built;
}

async function kept(e: Env, file: string): Promise<string> {
  const bytes = await blobStoreOf(e).get(`releases/r1/${file}`);
  return Buffer.from(bytes ?? []).toString("utf8");
}

async function statementIn(e: Env, file: string): Promise<Statement> {
  const { payload } = JSON.parse(await kept(e, file)) as { payload: string };
  return JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as Statement;
}

describe("what is kept of a release", () => {
  const e = environment();
  beforeAll(async () => {
    const report = path.join(folder("report"), "vitest.json");
    const assertionResults = [{ fullName: "adds", status: "passed", failureMessages: [] }];
    writeFileSync(report, JSON.stringify({ testResults: [{ name: "a.test.ts", message: "", assertionResults }] }));
    expect(await makeRelease(e, [report], build("one"))).toEqual(["sbom", "provenance", "test-results"]);
  });

  it("names what is installed for production, and none of what only develops it", async () => {
    const sbom = JSON.parse(await kept(e, "sbom.cdx.json")) as { specVersion: string; components: { name: string }[] };
    const names = sbom.components.map(({ name }) => name);
    expect(sbom.specVersion).toBe("1.6");
    expect(names).toEqual(expect.arrayContaining(["next", "zod"]));
    expect(names).not.toContain("vitest");
  });

  it("says of which build, which lock file and which bill of materials", async () => {
    const { subject, predicateType, predicate } = await statementIn(e, "provenance.intoto.jsonl");
    expect(predicateType).toBe("https://slsa.dev/provenance/v1");
    expect(subject.map(({ name }) => name)).toEqual(["build:r1"]);
    expect(predicate).toMatchObject({
      buildDefinition: { externalParameters: { revision: "r1" } },
      runDetails: { byproducts: [{ name: "sbom.cdx.json" }] },
    });
    const other = environment();
    await makeRelease(other, [], build("two"));
    const another = await statementIn(other, "provenance.intoto.jsonl");
    expect(another.subject[0]?.digest).not.toEqual(subject[0]?.digest);
  });

  it("says how many tests passed", async () => {
    const { predicate } = await statementIn(e, "test-results.intoto.jsonl");
    expect(predicate).toMatchObject({ result: "PASSED", passedCount: 1, failedTests: [] });
  });

  it("is kept once: a second build of the same release changes nothing", async () => {
    const before = await kept(e, "provenance.intoto.jsonl");
    expect(await makeRelease(e, [], build("three"))).toEqual([]);
    expect(await kept(e, "provenance.intoto.jsonl")).toBe(before);
  });

  it("is nothing where nothing is built", async () => {
    expect(await makeRelease(environment(), [], folder("empty"))).toEqual([]);
  });
});
