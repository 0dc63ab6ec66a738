import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from "@/server/testing/small-disk";
import { composeSample, sampleSources } from "./testing/sample";

describe.skipIf(whyNoSmallDisk() !== null)("a bundle on a disk that is full", () => {
  let disk: SmallDisk;
  beforeAll(() => {
    disk = mountSmallDisk(128);
  });
  afterEach(() => disk.free());
  afterAll(() => disk.unmount());
  const target = () => path.join(disk.folder, "out.zip");
  const left = async () => (await readdir(disk.folder)).filter((name) => name !== "filler");

  it("is refused before the last byte is taken, and leaves nothing", async () => {
    disk.fill();
    await expect(composeSample(target())).rejects.toMatchObject({
      code: "Unavailable",
      message: "The disk has no room for the bundle. Nothing half-written was left.",
    });
    expect(await left()).toEqual([]);
  });

  it("leaves nothing where somebody else takes the last byte meanwhile, and is whole once there is room", async () => {
    const sources = sampleSources({ more: 1 });
    const bytes = new Uint8Array(2 << 20);
    const evidenceBytes = async () => {
      disk.fill();
      return bytes;
    };
    const digest = createHash("sha256").update(bytes).digest("hex");
    const large = async (period: { from: Date; to: Date }) => {
      const { items, faults } = await sources.evidence(period);
      return { items: items.map((item) => ({ ...item, digest, bytes: bytes.length })), faults };
    };
    // The first part is written, and room is seen, before the items are asked for.
    const receipts = sampleSources({ receipts: 4_000 });
    const given = { ...receipts, evidence: large, evidenceBytes };
    await expect(composeSample(target(), { sources: given })).rejects.toMatchObject({
      code: "Unavailable",
      message: "The disk is full. Nothing half-written was left.",
    });
    expect(await left()).toEqual([]);
    disk.free();
    await composeSample(target());
    expect(await left()).toEqual(["out.zip"]);
  });
});
