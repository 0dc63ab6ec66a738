import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { partsOf, sha256 } from "./testing/parts";
import { composeSample, sampleChain, sampleHead, sampleSources, TO, whatSampleIs } from "./testing/sample";
import { machine, verdictsOf } from "./testing/verifiers";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "compose-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const manifestIn = (bundle: Buffer) =>
  JSON.parse(
    partsOf(bundle)
      .files.find((file) => file.path === "manifest.json")
      ?.content.toString() ?? "",
  ) as {
    completeness: string;
    missing: { what: string; why: string }[];
    items: { path: string; controls: string[] }[];
  };

describe("a bundle", () => {
  it("has the same bytes from the same inputs, whatever the zone and the language of the machine", async () => {
    const program = `
      const { composeSample } = await import(${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, "testing/sample.ts")).href)});
      process.stdout.write((await composeSample(process.argv[1])).digest);`;
    const zones = [
      ["UTC", "C"],
      ["Asia/Tokyo", "ja_JP.UTF-8"],
      ["America/New_York", "tr_TR.UTF-8"],
    ] as const;
    const digests = zones.map(([TZ, LANG], number) =>
      execFileSync(
        ...([
          process.execPath,
          ["--import", "tsx", "--input-type=module", "-e", program, at(`zone-${number}.zip`)],
        ] as const),
        { env: { ...machine(), TZ, LANG, LC_ALL: LANG }, encoding: "utf8" },
      ),
    );
    expect(new Set(digests).size).toBe(1);
    const first = await readFile(at("zone-0.zip"));
    expect(sha256(first)).toBe(digests[0]);
    expect((await readFile(at("zone-1.zip"))).equals(first)).toBe(true);
  }, 60_000);

  it("leads from a control to the raw bytes that speak for it", async () => {
    await composeSample(at("controls.zip"));
    const bundle = await readFile(at("controls.zip"));
    const item = manifestIn(bundle).items.find(({ path: each }) => each.startsWith("policies/"));
    const viewer =
      partsOf(bundle)
        .files.find((file) => file.path === "viewer/index.html")
        ?.content.toString() ?? "";
    expect(item?.controls).toEqual(["MC-AC-01"]);
    const looked = manifestIn(bundle).items.find(({ path: each }) => each.endsWith("control-probes.json"));
    expect(looked?.controls).toEqual(["MC-AC-01", "MC-CM-01"]);
    expect(viewer).toContain(`href="../${item?.path ?? "?"}"`);
    expect(viewer).toContain("Acme &amp; &lt;Söhne&gt;");
    expect(viewer).not.toMatch(/<script|https?:/);
  });

  it("says everywhere what is missing, and is complete only without a gap", async () => {
    await composeSample(at("whole.zip"));
    expect(manifestIn(await readFile(at("whole.zip"))).completeness).toBe("complete");
    await composeSample(at("gap.zip"), {
      sources: { ...sampleSources(), controls: async () => ({ absent: "it is switched off" }) },
    });
    const bundle = await readFile(at("gap.zip"));
    const { completeness, missing } = manifestIn(bundle);
    expect([completeness, missing.map(({ what }) => what)]).toEqual([
      "incomplete",
      ["controls", "oscal", "sell-sheet"],
    ]);
    for (const name of ["README.md", "viewer/index.html"])
      expect(
        partsOf(bundle)
          .files.find((file) => file.path === name)
          ?.content.toString(),
      ).toContain("it is switched off");
  });

  it("is incomplete where a control was not shown in each turn of its cadence", async () => {
    await composeSample(at("missed.zip"), { sources: sampleSources({ missed: 2 }) });
    const bundle = await readFile(at("missed.zip"));
    const { completeness, missing } = manifestIn(bundle);
    const why = "shown in 29 of 31 turns of its cadence";
    expect([completeness, missing]).toEqual(["incomplete", ["MC-CM-01", "MC-AC-01"].map((what) => ({ what, why }))]);
    const table = partsOf(bundle).files.find((file) => file.path === "controls/occurrences.csv");
    expect(table?.content.toString()).toMatch(/"MC-AC-01","31","29","0","missed 2026-01-01/);
  });

  it("seals no chain that other signed heads have seen otherwise", async () => {
    const honest = sampleChain(5);
    const rewritten = sampleChain(5).map((link) => ({ ...link, hash: `sha256:${"0".repeat(64)}` }));
    for (const head of [sampleHead(rewritten, TO), sampleHead(honest, TO, "theirs")]) {
      const sources = { ...sampleSources(), heads: async () => ({ opening: null, closing: head }) };
      const { missing } = await composeSample(at("rewritten.zip"), { sources });
      expect(missing.map(({ what }) => what)).toEqual(["ledger"]);
    }
  });

  it("leaves nothing behind when a source breaks, or evidence is not what was collected", async () => {
    await mkdir(at("broken"));
    const target = path.join(folder, "broken", "out.zip");
    const evidenceBytes = async () => Buffer.from("something else");
    await expect(composeSample(target, { sources: { ...sampleSources(), evidenceBytes } })).rejects.toThrow(
      /not what was collected/,
    );
    const findings = () => Promise.reject(new Error("the source broke"));
    await expect(composeSample(target, { sources: { ...sampleSources(), findings } })).rejects.toThrow(
      "the source broke",
    );
    expect(await readdir(at("broken"))).toEqual([]);
  });

  it("holds more entries than a ZIP of 1989 could count, and is verified", async () => {
    const kept = await composeSample(at("many.zip"), { sources: sampleSources({ more: 70_000 }) });
    expect(kept.files).toBeGreaterThan(65_535);
    for (const name of ["mjs", "py"] as const)
      expect((await verdictsOf(name, [at("many.zip")])).verdicts).toEqual([
        { verdict: "ok", anchored: false, firstBad: null, of: whatSampleIs() },
      ]);
  }, 120_000);

  it("is verified by the very commands that its VERIFY.md prints", async () => {
    const home = at("printed");
    await mkdir(home);
    const { folder: name } = await composeSample(path.join(home, "BUNDLE.zip"));
    execFileSync("unzip", ["-qq", "BUNDLE.zip"], { cwd: home });
    const guide = await readFile(path.join(home, name, "VERIFY.md"), "utf8");
    const commands = [...guide.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block]) => (block ?? "").trim().split("\n"));
    expect(commands.length).toBe(6);
    const said = commands.map((command) =>
      execFileSync("sh", ["-c", command], { cwd: path.join(home, name), encoding: "utf8" }),
    );
    for (const line of said.slice(0, 3)) expect(line).toMatch(/: ok: Conductor Compliance of acme, .*; NOT ANCHORED/);
    expect(said.join("")).toContain('"tag": "Conductor Compliance"');
  }, 30_000);
});
