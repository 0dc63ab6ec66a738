import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byPath } from "./domain/format";
import { digestList } from "./domain/manifest";
import { envelopeText, PREDICATES, type Signer, statementText } from "./domain/seal";
import { ledgerMutants } from "./testing/ledger-mutants";
import { judgeMutants, misjudged } from "./testing/judge-mutants";
import { partsOf, sealed, sha256 } from "./testing/parts";
import { composeSample, sampleSources, sealingWith, trustIn, whatSampleIs } from "./testing/sample";
import { hasEmptyNetwork, verdictsOf, type VerifierName, VERIFIERS } from "./testing/verifiers";

const NAMES = Object.keys(VERIFIERS) as VerifierName[];
const [ours, theirs] = [sealingWith("ours"), sealingWith("theirs")];
let folder: string;
let trust: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bundles-"));
  trust = path.join(folder, "trusted.pem");
  // Of keys that were used before, one more: the history of a deployment.
  await writeFile(trust, trustIn("before") + trustIn("ours"));
  if (!hasEmptyNetwork) process.stdout.write("unshare -rn does not work here: verifiers run with a network.\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function sample(name: string, over: Parameters<typeof composeSample>[1] = {}): Promise<string> {
  const file = path.join(folder, `${name}.zip`);
  await composeSample(file, over);
  return file;
}

describe.each(NAMES)("%s", (name) => {
  it("accepts honest bundles as what they are, anchored only under a key that is trusted", async () => {
    const files = [
      await sample(`${name}-whole`),
      await sample(`${name}-incomplete`, { sources: sampleSources({ without: "sbom" }) }),
      await sample(`${name}-dry`, { facts: { isDryRun: true } }),
      await sample(`${name}-audit`, {
        facts: { tag: "Conductor_Internal_Audit" },
        sources: sampleSources({ receipts: 0 }),
      }),
    ];
    const said = (anchored: boolean) =>
      (["ok", "incomplete", "dry_run", "ok"] as const).map((verdict, nth) => ({
        ...{ verdict, anchored, firstBad: null },
        of: whatSampleIs(nth === 3 ? "Conductor_Internal_Audit" : undefined),
      }));
    expect(await verdictsOf(name, files, trust)).toEqual({ verdicts: said(true), code: 0 });
    expect(await verdictsOf(name, files)).toEqual({ verdicts: said(false), code: 0 });
  });

  it("refuses under a key that is trusted what another key has sealed", async () => {
    const file = await sample(`${name}-theirs`, { sealing: theirs });
    const firstBad = { path: "(seal)", reason: "untrusted-key" };
    expect(await verdictsOf(name, [file], trust)).toEqual({
      verdicts: [{ verdict: "refused", anchored: false, firstBad }],
      code: 1,
    });
  });

  it("answers 2 for a file that is not there, and without a key in its key file", async () => {
    const file = await sample(`${name}-fine`);
    await expect(verdictsOf(name, [path.join(folder, "nowhere.zip")])).rejects.toThrow(/nowhere/);
    await expect(verdictsOf(name, [file], file)).rejects.toThrow(/no Ed25519 public keys/);
  });
});

describe("a cut of a bundle", () => {
  /** Leaves one file out and says so, as the holder of a key would; or leaves out more than it says. */
  async function cut(name: string, signer: Signer, more: string[] = []): Promise<string> {
    const parts = partsOf(await readFile(await sample(`${name}-root`)));
    const contentOf = (file: string) => parts.files.find((found) => found.path === file)?.content ?? Buffer.alloc(0);
    const withheld = [...digestList([{ path: "README.md", digest: sha256(contentOf("README.md")) }])].join("");
    const subjects = [
      { name: "manifest.json", digest: sha256(contentOf("manifest.json")) },
      { name: "withheld.sha256", digest: sha256(Buffer.from(withheld)) },
    ];
    const said = envelopeText(statementText(subjects, PREDICATES.cut, { audience: "customer" }), signer);
    const made = [
      ...parts.files.filter((found) => !["README.md", ...more].includes(found.path)),
      { path: "cut.dsse.json", content: Buffer.from(said) },
      { path: "withheld.sha256", content: Buffer.from(withheld) },
    ];
    const file = path.join(folder, `${name}.zip`);
    await writeFile(file, sealed({ ...parts, files: made.sort(byPath) }, ours.signer));
    return file;
  }

  it.each(NAMES)("is accepted by %s with a count of what it withholds, and only of what it says", async (name) => {
    const files = [
      await cut(`${name}-cut`, ours.signer),
      await cut(`${name}-cut-more`, ours.signer, ["VERIFY.md"]),
      await cut(`${name}-cut-theirs`, theirs.signer),
    ];
    const refused = (at: string, reason: string) => ({
      ...{ verdict: "refused", anchored: false, firstBad: { path: at, reason } },
    });
    expect((await verdictsOf(name, files, trust)).verdicts).toEqual([
      { verdict: "ok", anchored: true, firstBad: null, of: whatSampleIs(), withheld: 1 },
      refused("VERIFY.md", "missing"),
      refused("cut.dsse.json", "signature"),
    ]);
  });
});

it("every fault of a ledger is found as what it is", async () => {
  const honest = await readFile(await sample("ledger"));
  const mutants = ledgerMutants(honest, ours.signer);
  const files = mutants.map((_, number) => path.join(folder, `ledger-${number}.zip`));
  for (const [number, { bytes }] of mutants.entries()) await writeFile(files[number] ?? "", bytes);
  const { verdicts } = await verdictsOf("mjs", files, trust);
  const reasons = Object.fromEntries(mutants.map(({ name }, at) => [name.slice(8), verdicts[at]?.firstBad?.reason]));
  expect(reasons).toMatchObject({
    ...{ "a receipt changed": "changed-content", "a receipt changed and the chain made anew": "rewritten" },
    ...{ "receipt 3 left out": "gap", "receipt 5 left out": "cut-off", "two receipts exchanged": "gap" },
    ...{ "a head signed with the sealing key": "signature", "a stranger's key for heads": "untrusted-key" },
    ...{ "the sealing key called one for heads": "untrusted-key", "another head beside": "ledger-form" },
    ...{ "an earlier head, and less": "ledger-period", "a later beginning": "ledger-period", nothing: "missing" },
  });
  expect(Object.values(reasons)).not.toContain(undefined);
});

it("no verifier accepts a mutant, and all name the same first bad item", async () => {
  const judged = await judgeMutants(folder, 1, 60);
  expect(judged.length).toBeGreaterThan(150);
  expect(misjudged(judged)).toEqual([]);
}, 120_000);
