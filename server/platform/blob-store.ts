import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from "@aws-sdk/client-s3";
import { conflict, invalid, unavailable } from "@/server/kernel/errors";
import type { Env } from "./env";

/** Files by key, written once: a key that exists is never replaced, so what was stored stays what it was. */
export interface BlobStore {
  /** Stores whole or not at all. Throws Conflict when the key exists, Unavailable when the store cannot take it. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Stores a file in bounded memory; else as `put`. */
  putFile(key: string, file: string): Promise<void>;
  /** The bytes in parts, read as they are asked for. Throws Unavailable then when there is no such key. */
  stream(key: string): AsyncIterable<Uint8Array>;
  /** The bytes, or null when there is no such key. */
  get(key: string): Promise<Uint8Array | null>;
  /** Keys that begin with a prefix, in order. */
  list(prefix: string): Promise<string[]>;
  /** Removes a key; one that is not there is fine. For copies that can be made again, never for what is evidence. Throws Unavailable. */
  remove(key: string): Promise<void>;
}

// Slashes part a key; no part is empty or begins with a dot, so a key cannot climb out of the store.
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

function checkKey(key: string): void {
  if (!KEY.test(key) || key.length > 500) throw invalid("That is no key of the blob store.", { field: "key" });
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

/** Blobs in a folder. */
export function localBlobStore(folder: string): BlobStore {
  const place = async (key: string, write: (partial: string) => Promise<void>) => {
    checkKey(key);
    const target = path.join(folder, key);
    const partial = `${target}.${randomBytes(6).toString("hex")}.partial`;
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await write(partial);
      // A hard link fails when the key exists, where a rename would replace it.
      await link(partial, target);
    } catch (error) {
      if (codeOf(error) === "EEXIST") throw conflict("The blob exists already.", { key });
      throw unavailable("The blob store cannot take the file. Nothing was stored.", error);
    } finally {
      // What could not be made need not be removed; the error that matters is on its way.
      await rm(partial, { force: true }).catch(() => undefined);
    }
  };
  const writeTo = async (partial: string, content: Uint8Array | AsyncIterable<Uint8Array>) => {
    const file = await open(partial, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  };
  return {
    put: (key, bytes) => place(key, (partial) => writeTo(partial, bytes)),
    putFile: (key, file) => place(key, (partial) => writeTo(partial, createReadStream(file))),
    async *stream(key) {
      checkKey(key);
      try {
        yield* createReadStream(path.join(folder, key)) as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw unavailable("The blob store cannot be read.", error);
      }
    },
    get: async (key) => {
      checkKey(key);
      return readFile(path.join(folder, key)).catch((error: unknown) => {
        if (codeOf(error) === "ENOENT") return null;
        throw unavailable("The blob store cannot be read.", error);
      });
    },
    list: async (prefix) => {
      // Only where such keys can be: the store may hold a hundred thousand others.
      const from = path.join(folder, prefix.slice(0, prefix.lastIndexOf("/") + 1));
      const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith(".partial"))
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
        .filter((key) => key.startsWith(prefix))
        .sort();
    },
    remove: async (key) => {
      checkKey(key);
      await rm(path.join(folder, key), { force: true }).catch((error: unknown) => {
        throw unavailable("The blob store cannot remove the file.", error);
      });
    },
  };
}

const statusOf = (error: unknown) => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

/** Blobs in a bucket of any S3-compatible service. */
function s3BlobStore(client: S3Client, bucket: string): BlobStore {
  const send = async (key: string, content: Pick<PutObjectCommandInput, "Body" | "ContentLength">) => {
    checkKey(key);
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, ...content, IfNoneMatch: "*" }));
    } catch (error) {
      if (statusOf(error) === 412) throw conflict("The blob exists already.", { key });
      throw unavailable("The blob store cannot take the file. Nothing was stored.", error);
    }
  };
  return {
    put: (key, bytes) => send(key, { Body: bytes }),
    putFile: async (key, file) => {
      const { size } = await stat(file);
      await send(key, { Body: createReadStream(file), ContentLength: size });
    },
    async *stream(key) {
      checkKey(key);
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        yield* answer.Body as unknown as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw unavailable("The blob store cannot be read.", error);
      }
    },
    get: async (key) => {
      checkKey(key);
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await answer.Body?.transformToByteArray()) ?? null;
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw unavailable("The blob store cannot be read.", error);
      }
    },
    list: async (prefix) => {
      const keys: string[] = [];
      let after: string | undefined;
      do {
        const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: after });
        const page = await client.send(command).catch((error: unknown) => {
          throw unavailable("The blob store cannot be read.", error);
        });
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
        after = page.NextContinuationToken;
      } while (after !== undefined);
      return keys.sort();
    },
    remove: async (key) => {
      checkKey(key);
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })).catch((error: unknown) => {
        throw unavailable("The blob store cannot remove the file.", error);
      });
    },
  };
}

/** The deployment's blob store: the bucket that is configured, else a folder of its own. */
export function blobStoreOf(e: Env): BlobStore {
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ENDPOINT, S3_REGION } = e;
  if (S3_BUCKET === undefined || S3_ACCESS_KEY_ID === undefined || S3_SECRET_ACCESS_KEY === undefined)
    return localBlobStore(path.join(e.CONDUCTOR_HOME, "blobs"));
  const client = new S3Client({
    region: S3_REGION,
    credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
    // A checksum behind a stream needs an encoding (aws-chunked) that not every S3-compatible service takes apart.
    requestChecksumCalculation: "WHEN_REQUIRED",
    ...(S3_ENDPOINT === undefined ? {} : { endpoint: S3_ENDPOINT, forcePathStyle: true }),
  });
  return s3BlobStore(client, S3_BUCKET);
}
