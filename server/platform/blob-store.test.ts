import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startS3Server, type S3Server } from "@/server/testing/s3-server";
import { type BlobStore, blobStoreOf } from "./blob-store";
import { parseEnv } from "./env";

const SECRET = "the secret key of the bucket";
const bytes = (text: string) => new TextEncoder().encode(text);
const base = { CONDUCTOR_SECRET: "x".repeat(40) };
let folder: string;
let server: S3Server;

const bucket = (secret: string) =>
  blobStoreOf(
    parseEnv({
      ...base,
      ...{ S3_BUCKET: "evidence", S3_ENDPOINT: server.endpoint, S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: secret },
    }),
  );

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "blobs-"));
  server = await startS3Server({ secret: SECRET });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each<[string, () => BlobStore]>([
  ["a folder", () => blobStoreOf(parseEnv({ ...base, CONDUCTOR_HOME: folder }))],
  ["a bucket", () => bucket(SECRET)],
])("blobs in %s", (_where, open) => {
  it("come back as they were stored", async () => {
    const store = open();
    await store.put("anchors/one.json", bytes("first"));
    expect(await store.get("anchors/one.json")).toEqual(expect.objectContaining(bytes("first")));
    expect(await store.get("anchors/none.json")).toBeNull();
  });

  it("are taken from a file and given in parts, and never replaced", async () => {
    const store = open();
    const file = path.join(folder, "one.file");
    await writeFile(file, bytes("of a file"));
    await store.putFile("files/one", file);
    expect(await text(store.stream("files/one"))).toBe("of a file");
    await writeFile(file, bytes("another"));
    await expect(store.putFile("files/one", file)).rejects.toMatchObject({ code: "Conflict" });
    expect(await text(store.stream("files/one"))).toBe("of a file");
    await expect(text(store.stream("files/none"))).rejects.toMatchObject({ code: "Unavailable" });
    await expect(text(store.stream("../one.file"))).rejects.toMatchObject({ code: "Invalid" });
  });

  it("are never replaced", async () => {
    const store = open();
    await store.put("once", bytes("first"));
    await expect(store.put("once", bytes("second"))).rejects.toMatchObject({ code: "Conflict" });
    expect(new TextDecoder().decode((await store.get("once")) ?? undefined)).toBe("first");
  });

  it("are listed by prefix, in order", async () => {
    const store = open();
    for (const name of ["list/b", "list/a", "other"]) await store.put(name, bytes(name));
    expect(await store.list("list/")).toEqual(["list/a", "list/b"]);
  });

  it("are removed by key, once and again, and nothing beside them", async () => {
    const store = open();
    for (const name of ["removed/a", "removed/b"]) await store.put(name, bytes(name));
    await store.remove("removed/a");
    await store.remove("removed/a");
    expect([await store.get("removed/a"), await store.list("removed/")]).toEqual([null, ["removed/b"]]);
    await expect(store.remove("../up")).rejects.toMatchObject({ code: "Invalid" });
  });

  it.each(["../up", "/etc/passwd", "a//b", "a/../b", ".hidden", "a\u0000b", ""])("refuse the key %j", async (key) => {
    await expect(open().put(key, bytes("x"))).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("a bucket with a wrong secret", () => {
  it("is refused, and says that nothing was stored", async () => {
    const before = server.objects.size;
    await expect(bucket("wrong").put("x", bytes("x"))).rejects.toMatchObject({ code: "Unavailable" });
    expect(server.objects.size).toBe(before);
  });
});

describe("a folder that cannot be written", () => {
  it("is refused, and leaves nothing half-written", async () => {
    const file = path.join(folder, "a-file");
    await writeFile(file, "in the way");
    const store = blobStoreOf(parseEnv({ ...base, CONDUCTOR_HOME: file }));
    await expect(store.put("x", bytes("x"))).rejects.toMatchObject({ code: "Unavailable" });
    expect(await store.list("")).toEqual([]);
  });
});
