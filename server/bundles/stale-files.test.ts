import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { BUILD_FOLDER, sweepStale, unfinishedName } from "./stale-files";

const NOW = new Date("2026-06-01T00:00:00.000Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

it("what killed builds have left goes once it is a day old, and nothing else", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "sweep-"));
  const make = async (name: string, at: Date) => {
    await writeFile(path.join(folder, name), "half");
    await utimes(path.join(folder, name), at, at);
  };
  try {
    const [old, young] = ["0123456789ab", "ba9876543210"];
    for (const what of ["spool", "partial"] as const) {
      await make(unfinishedName("out.zip", old, what), ago(25));
      await make(unfinishedName("out.zip", young, what), ago(23));
    }
    const others = ["out.zip", "notes.partial", "out.zip.partial", "other.tar.0123456789ab.spool", "bundle-abcdef"];
    for (const name of others) await make(name, ago(1_000));
    for (const [name, at] of [
      ["old", ago(25)],
      ["new", ago(23)],
    ] as const) {
      await mkdir(path.join(folder, `${BUILD_FOLDER}${name}`));
      await writeFile(path.join(folder, `${BUILD_FOLDER}${name}`, "bundle.zip"), "half");
      await utimes(path.join(folder, `${BUILD_FOLDER}${name}`), at, at);
    }
    await sweepStale(folder, NOW);
    const kept = [
      ...others,
      `${BUILD_FOLDER}new`,
      ...(["spool", "partial"] as const).map((what) => `out.zip.${young}.${what}`),
    ];
    expect((await readdir(folder)).sort()).toEqual(kept.sort());
    await sweepStale(path.join(folder, "nowhere"), NOW);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
