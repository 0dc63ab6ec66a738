import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byPath } from "./domain/format";
import { envelopeText, PREDICATES, type Signer, statementText } from "./domain/seal";
import { ledgerMutants } from "./testing/ledger-mutants";
import { judgeMutants, misjudged } from "./testing/judge-mutants";
import { type Parts, partsOf, sealed, sha256 } from "./testing/parts";
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
  const find = (parts: Parts, file: string) =>
    parts.files.find((found) => found.path === file)?.content ?? Buffer.alloc(0);
  const at = (name: string) => path.join(folder, `${name}.zip`);

  /** Puts other files into a cut, or takes some out, sealed by the key itself: only root and list can give them away. */
  async function changed(name: string, cut: Buffer, to: Record<string, Buffer | null>): Promise<string> {
    const parts = partsOf(cut);
    const kept = parts.files.filter((file) => to[file.path] === undefined);
    const added = Object.entries(to).flatMap(([file, content]) => (content === null ? [] : [{ path: file, content }]));
    await writeFile(at(name), sealed({ ...parts, files: [...kept, ...added].sort(byPath) }, ours.signer));
    return at(name);
  }

  const said = (withheld: Buffer, manifest: Buffer, over: { signer?: Signer; audience?: string } = {}) => {
    const subjects = [
      { name: "manifest.json", digest: sha256(manifest) },
      { name: "withheld.sha256", digest: sha256(withheld) },
    ];
    const { signer = ours.signer, audience = "customer" } = over;
    return Buffer.from(envelopeText(statementText(subjects, PREDICATES.cut, { audience }), signer));
  };

  it("is called one by all verifiers, never the whole, under the very root of the whole", async () => {
    const whole = partsOf(await readFile(await sample("whole")));
    const files = [
      await sample("for-auditor", { cut: "auditor" }),
      await sample("for-customer", { cut: "customer" }),
      await sample("with-gap", { cut: "customer", sources: sampleSources({ without: "slo-capture" }) }),
      await sample("dry-cut", { cut: "auditor", facts: { isDryRun: true } }),
    ];
    for (const file of files.slice(0, 2)) {
      const parts = partsOf(await readFile(file));
      for (const root of ["manifest.json", "manifest.sha256", "manifest.dsse.json"])
        expect(find(parts, root).equals(find(whole, root)), root).toBe(true);
      const there = new Set(parts.files.map((each) => each.path));
      const gone = whole.files.filter((each) => !there.has(each.path)).map((each) => each.path);
      expect(gone.length).toBeGreaterThan(0);
      const withheld = find(parts, "withheld.sha256").toString().split("\n").slice(0, -1);
      expect(withheld.map((line) => line.slice(66))).toEqual(gone);
    }
    const counts = [1, 10, 10, 1];
    for (const name of NAMES) {
      const { verdicts, code } = await verdictsOf(name, files, trust);
      expect(code).toBe(0);
      expect(
        verdicts.map(({ verdict, anchored, withheld }) => ({ verdict, anchored, withheld })),
        name,
      ).toEqual(
        (["cut", "cut", "incomplete", "dry_run"] as const).map((verdict, nth) => ({
          ...{ verdict, anchored: true, withheld: counts[nth] },
        })),
      );
    }
  });

  it("is refused by all verifiers alike, where it leaves out other than it says, or says it of another", async () => {
    const cut = await readFile(await sample("honest-cut", { cut: "customer" }));
    const whole = partsOf(await readFile(await sample("honest-whole")));
    const [parts, other] = [
      partsOf(cut),
      partsOf(await readFile(await sample("other", { facts: { isDryRun: true } }))),
    ];
    const [withheld, manifest] = [find(parts, "withheld.sha256"), find(parts, "manifest.json")];
    const lines = withheld.toString().split("\n").slice(0, -1);
    const list = (made: readonly string[]) => Buffer.from(made.map((line) => `${line}\n`).join(""));
    const [fewer, wrong] = [
      list(lines.slice(1)),
      list([`${"0".repeat(64)}${lines[0]?.slice(64) ?? ""}`, ...lines.slice(1)]),
    ];
    const first = lines[0]?.slice(66) ?? "";
    const cases: [string, Record<string, Buffer | null>, string, string][] = [
      ["more left out", { "VERIFY.md": null }, "VERIFY.md", "missing"],
      ["less left out", { [first]: find(whole, first) }, first, "extra"],
      ["a list of less", { "withheld.sha256": fewer }, "withheld.sha256", "digest"],
      [
        "a list of less, signed",
        { "withheld.sha256": fewer, "cut.dsse.json": said(fewer, manifest) },
        first,
        "missing",
      ],
      [
        "another digest",
        { "withheld.sha256": wrong, "cut.dsse.json": said(wrong, manifest) },
        "withheld.sha256",
        "list-form",
      ],
      [
        "of another root",
        { "cut.dsse.json": said(withheld, find(other, "manifest.json")) },
        "cut.dsse.json",
        "statement-form",
      ],
      [
        "for nobody known",
        { "cut.dsse.json": said(withheld, manifest, { audience: "all" }) },
        "cut.dsse.json",
        "statement-form",
      ],
      [
        "by a stranger",
        { "cut.dsse.json": said(withheld, manifest, { signer: theirs.signer }) },
        "cut.dsse.json",
        "signature",
      ],
      ["no statement", { "cut.dsse.json": null }, "cut.dsse.json", "missing"],
      ["no list", { "withheld.sha256": null }, "withheld.sha256", "missing"],
      ["called the whole", { "cut.dsse.json": null, "withheld.sha256": null }, first, "missing"],
    ];
    const files: string[] = [];
    for (const [name, to] of cases) files.push(await changed(`cut ${name}`, cut, to));
    const refused = cases.map(([, , file, reason]) => ({
      ...{ verdict: "refused", anchored: false, firstBad: { path: file, reason } },
    }));
    for (const name of NAMES) expect((await verdictsOf(name, files, trust)).verdicts, name).toEqual(refused);
  }, 60_000);
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
