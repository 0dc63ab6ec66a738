import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { initialise } from "./embedded-cluster";

it("names the program that is missing and leaves nothing half made", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "cluster-"));
  try {
    const made = initialise({ bin: path.join(folder, "bin"), data: path.join(folder, "data") }, "p", {});
    await expect(made).rejects.toThrow(`${path.join(folder, "bin", "initdb")} cannot be started (ENOENT`);
    await expect(made).rejects.toThrow(/npm ci.*DATABASE_URL/);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
