import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { digestList } from "../domain/manifest";
import {
  PREDICATES,
  envelopeText,
  SEAL_BYTES,
  SEAL_OPENING,
  sealSignature,
  type Signer,
  statementText,
} from "../domain/seal";
import { directoryRecord, endRecords, localHeader } from "../domain/zip";

/** A bundle taken apart, so that a test puts it together wrongly. */
export interface Parts {
  folder: string;
  files: { path: string; content: Buffer }[];
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Takes a bundle apart that is what it should be. */
export function partsOf(bundle: Buffer): Parts {
  const files: Parts["files"] = [];
  let folder = "";
  for (let at = 0; bundle.readUInt32LE(at) === 0x04034b50;) {
    const [size, length] = [bundle.readUInt32LE(at + 18), bundle.readUInt16LE(at + 26)];
    const name = bundle.subarray(at + 30, at + 30 + length).toString("latin1");
    const cut = name.indexOf("/");
    folder = name.slice(0, cut);
    files.push({ path: name.slice(cut + 1), content: bundle.subarray(at + 30 + length, at + 30 + length + size) });
    at += 30 + length + size;
  }
  return { folder, files };
}

/** What a test does wrongly when it puts a bundle together; entries are given by their place. */
export interface Wrong {
  local?(header: Buffer, place: number): Buffer;
  record?(record: Buffer, place: number): Buffer;
  /** Bytes between the last entry and the directory. */
  gap?: Buffer;
  name?(name: string, place: number): string;
  crc?(crc: number, place: number): number;
}

/** Puts files together in the order given, sealed by whoever signs. */
export function sealed({ folder, files }: Parts, signer: Signer, wrong: Wrong = {}): Buffer {
  const parts: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  const push = (bytes: Buffer) => {
    parts.push(bytes);
    offset += bytes.length;
  };
  for (const [place, { path, content }] of files.entries()) {
    const name = wrong.name?.(`${folder}/${path}`, place) ?? `${folder}/${path}`;
    const stored = { name, crc: wrong.crc?.(crc32(content), place) ?? crc32(content), bytes: content.length };
    const record = directoryRecord({ ...stored, offset });
    records.push(wrong.record?.(record, place) ?? record);
    const header = localHeader(stored);
    push(wrong.local?.(header, place) ?? header);
    push(content);
  }
  push(wrong.gap ?? Buffer.alloc(0));
  const directory = Buffer.concat(records);
  const body = [...parts, directory, endRecords({ entries: files.length, size: directory.length, offset }, SEAL_BYTES)];
  const whole = Buffer.concat([...body, Buffer.from(SEAL_OPENING, "latin1")]);
  return Buffer.concat([whole, Buffer.from(sealSignature(signer, sha256(whole)), "latin1")]);
}

const ROOT = new Set(["manifest.dsse.json", "manifest.json", "manifest.sha256"]);

/** Signs the root of these files anew: as whoever holds the key would, or a stranger with one of their own. */
export function rooted(parts: Parts, signer: Signer, predicate: (said: object) => object = (said) => said): Parts {
  const find = (path: string) => parts.files.find((file) => file.path === path)?.content ?? Buffer.alloc(0);
  const listed = parts.files
    .filter(({ path }) => !ROOT.has(path))
    .map(({ path, content }) => ({ path, digest: sha256(content) }));
  const list = Buffer.from([...digestList(listed)].join(""), "latin1");
  const manifest = JSON.parse(find("manifest.json").toString()) as { items: { path: string; digest: string }[] };
  const digests = new Map(listed.map(({ path, digest }) => [path, digest]));
  const items = listed.map(({ path }) => ({
    ...manifest.items.find((item) => item.path === path),
    path,
    digest: digests.get(path),
  }));
  const text = Buffer.from(JSON.stringify({ ...manifest, items }), "utf8");
  const envelope = JSON.parse(find("manifest.dsse.json").toString()) as { payload: string };
  const said = JSON.parse(Buffer.from(envelope.payload, "base64").toString()) as { predicate: object };
  const subjects = [
    { name: "manifest.json", digest: sha256(text) },
    { name: "manifest.sha256", digest: sha256(list) },
  ];
  const root = envelopeText(statementText(subjects, PREDICATES.bundle, predicate(said.predicate) as never), signer);
  const made = new Map([
    ["manifest.json", text],
    ["manifest.sha256", list],
    ["manifest.dsse.json", Buffer.from(root)],
  ]);
  return { ...parts, files: parts.files.map(({ path, content }) => ({ path, content: made.get(path) ?? content })) };
}
