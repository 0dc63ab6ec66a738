import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from "@/server/testing/small-disk";
import { type BlobStore, localBlobStore } from "./blob-store";

describe.skipIf(whyNoSmallDisk() !== null)("a full disk under a folder of blobs", () => {
  let disk: SmallDisk;
  let folder: string;
  let store: BlobStore;
  beforeAll(() => {
    disk = mountSmallDisk(8);
    folder = path.join(disk.folder, "blobs");
    store = localBlobStore(folder);
  });
  afterAll(() => disk.unmount());

  const megabytes = (count: number) => new Uint8Array(count * 1_048_576).fill(7);
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

  it("refuses a file that does not fit, and keeps no half of it", async () => {
    await store.put("kept/one", megabytes(5));
    await expect(store.put("kept/two", megabytes(5))).rejects.toMatchObject({
      code: "Unavailable",
      message: "The blob store cannot take the file. Nothing was stored.",
    });
    expect(await files()).toBe(1);
    expect(await store.get("kept/two")).toBeNull();
  });

  it("reads what it holds with no byte left, refuses more, and takes it once there is space", async () => {
    disk.fill();
    await expect(store.put("other/three", megabytes(1))).rejects.toMatchObject({ code: "Unavailable" });
    expect(await store.get("kept/one")).toHaveLength(megabytes(5).length);
    expect(await store.list("")).toEqual(["kept/one"]);
    expect(await files()).toBe(1);

    disk.free();
    await store.put("other/three", megabytes(1));
    expect(await store.get("other/three")).toHaveLength(megabytes(1).length);
  });
});
