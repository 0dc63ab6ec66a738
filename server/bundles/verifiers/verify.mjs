#!/usr/bin/env node
// Verifies sealed evidence bundles without a network. Needs Node 20 or newer, and nothing else.
//   node verify.mjs [--json] [--trust KEYFILE] BUNDLE.zip ...
// Exit codes: 0 not refused, 1 refused, 2 wrong usage. The order of checks is that of bundle-format.md.
import { createHash, createPublicKey, verify } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Bad, Bytes, must, PATH, readEnd, readEntries, SIG } from "./archive.mjs";

const PEM =
  /^(Signs heads of receipts:\n)?-----BEGIN PUBLIC KEY-----\n(MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)\n-----END PUBLIC KEY-----\n$/;
const ENVELOPE = new RegExp(
  `^\\{"payload":"((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)",` +
    `"payloadType":"application/vnd\\.in-toto\\+json","signatures":\\[\\{"keyid":"[0-9a-f]{16}","sig":"(${SIG})"\\}\\]\\}$`,
);
const HEX = "[0-9a-f]{64}";
const TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z";
const statement = (predicate, type, other) =>
  new RegExp(
    `^\\{"_type":"https://in-toto\\.io/Statement/v1","predicate":\\{${predicate}\\},"predicateType":"urn:maestro-conductor:${type}:v1",` +
      `"subject":\\[\\{"digest":\\{"sha256":"(${HEX})"\\},"name":"manifest\\.json"\\},` +
      `\\{"digest":\\{"sha256":"(${HEX})"\\},"name":"${other}\\.sha256"\\}\\]\\}$`,
  );
const ROOT = statement(
  `"completeness":"(complete|incomplete)","dryRun":(true|false),"format":"conductor-evidence/1",` +
    `"period":\\{"from":"(${TIME})","to":"(${TIME})"\\},"tag":"(Conductor Compliance|Conductor_Internal_Audit)","tenant":"([a-z0-9-]{1,60})"`,
  "evidence-bundle",
  "manifest",
);
const CUT = statement(`"audience":"(auditor|customer)"`, "evidence-cut", "withheld");
const ROOT_FILES = ["manifest.dsse.json", "manifest.json", "manifest.sha256"];
const CUT_FILES = ["cut.dsse.json", "withheld.sha256"];
/** What others say of the root, which the seal covers and who trusts them verifies. */
const WITNESS_FILES = ["manifest.sigstore.json", "manifest.tsr"];
const UNLISTED = [...ROOT_FILES, ...CUT_FILES, ...WITNESS_FILES];
const LEDGER_FILES = ["ledger/consistency.json", "ledger/head.json", "ledger/range.jsonl"];
const [LINK, TENANT, PLACE] = [`"sha256:${HEX}"`, '"ten_[a-z0-9]{1,60}"', "(?:0|[1-9][0-9]{0,14})"];
const HEAD =
  `\\{"at":"${TIME}","decisionHash":${LINK},"decisionSeq":${PLACE},"keyId":"[0-9a-f]{16}","receiptHash":${LINK},` +
  `"receiptSeq":${PLACE},"signature":"[A-Za-z0-9_-]{86}","tenantId":${TENANT}\\}`;
const ENDS = new RegExp(
  `^\\{"closing":(${HEAD}),"genesis":(${LINK}),"opening":(null|${HEAD}),"tenantId":(${TENANT})\\}\n$`,
);
const RECEIPT = new RegExp(
  `^\\{"content":(\\{"action":[^\\x00-\\x1f]*,"tenantId":(${TENANT})\\}),"hash":"(sha256:${HEX})","previousHash":"(sha256:${HEX})","seq":(${PLACE})\\}$`,
);
const TEXT_MAX = 1 << 20;

const keyOf = (base64) => createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });

function isSigned(keys, message, signature) {
  return keys.some((key) => {
    try {
      return verify(null, message, keyOf(key), signature);
    } catch {
      return false; // No point of the curve.
    }
  });
}

function checkSignature({ trusted, own }, message, signature, path, role = "seals") {
  if (isSigned((trusted ?? own)[role], message, signature)) return;
  throw new Bad(path, trusted !== null && isSigned(own[role], message, signature) ? "untrusted-key" : "signature");
}

const textOf = (bytes, entry) => {
  must(entry.size <= TEXT_MAX, entry.path, "size");
  return bytes.at(entry.data, entry.size).toString("latin1");
};

function readSigned(bytes, entry, pattern, keys) {
  const envelope = ENVELOPE.exec(textOf(bytes, entry));
  must(envelope !== null, entry.path, "envelope-form");
  const payload = Buffer.from(envelope[1], "base64");
  const head = Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} `, "latin1");
  checkSignature(keys, Buffer.concat([head, payload]), Buffer.from(envelope[2], "base64"), entry.path);
  const said = pattern.exec(payload.toString("latin1"));
  must(said !== null, entry.path, "statement-form");
  return said.slice(1);
}

function readList(bytes, entry) {
  const text = bytes.at(entry.data, entry.size).toString("latin1");
  const list = new Map();
  let last = "";
  for (const line of text.split("\n").slice(0, -1)) {
    const [digest, path] = [line.slice(0, 64), line.slice(66)];
    const isLine =
      new RegExp(`^${HEX}$`).test(digest) && line.slice(64, 66) === "  " && PATH.test(path) && path.length <= 200;
    must(isLine && path > last && !UNLISTED.includes(path), entry.path, "list-form");
    list.set(path, digest);
    last = path;
  }
  must(text === "" || text.endsWith("\n"), entry.path, "list-form");
  return list;
}

function readCut(bytes, entries, root, keys) {
  if (CUT_FILES.every((path) => !entries.has(path))) return new Map();
  for (const path of CUT_FILES) must(entries.has(path), path, "missing");
  const [, manifest, withheld] = readSigned(bytes, entries.get("cut.dsse.json"), CUT, keys);
  must(manifest === root.manifest, "cut.dsse.json", "statement-form");
  const entry = entries.get("withheld.sha256");
  must(bytes.sha256(entry.data, entry.size) === withheld, "withheld.sha256", "digest");
  return readList(bytes, entry);
}

/** Every path of the list is there unless withheld, and nothing else is. */
function checkPresence(entries, list, withheld) {
  for (const [path, digest] of withheld) must(list.get(path) === digest, "withheld.sha256", "list-form");
  const fixed = new Set(UNLISTED);
  const named = [...new Set([...entries.keys(), ...list.keys()])].filter((path) => !fixed.has(path)).sort();
  for (const path of named) {
    const isExpected = list.has(path) && !withheld.has(path);
    if (entries.has(path) !== isExpected) throw new Bad(path, isExpected ? "missing" : "extra");
  }
}

function checkManifest(bytes, entry, list, root) {
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.at(entry.data, entry.size)));
  } catch {
    throw new Bad(entry.path, "manifest-form");
  }
  const items = Array.isArray(manifest?.items) ? manifest.items : [];
  const isSame = items.length === list.size && items.every((item) => list.get(item?.path) === item?.digest);
  const isUnique = new Set(items.map((item) => item?.path)).size === items.length;
  const { tag, dryRun, completeness, asOf, tenant, period } = manifest ?? {};
  const says = tag === root.tag && String(dryRun) === root.dryRun && completeness === root.completeness;
  const isOf = tenant?.slug === root.tenant && period?.from === root.from && period?.to === root.to;
  const isDated = typeof asOf === "string" && new RegExp(`^${TIME}$`).test(asOf);
  const isNamed = typeof tenant?.id === "string" && new RegExp(`^${TENANT}$`).test(`"${tenant.id}"`);
  must(isSame && isUnique && says && isOf && isNamed && isDated, entry.path, "manifest-form");
  return manifest;
}

const sha256 = (text) => `sha256:${createHash("sha256").update(text, "latin1").digest("hex")}`;

function checkHead(text, tenant, keys) {
  const { signature, keyId: _, ...head } = JSON.parse(text);
  const [path] = LEDGER_FILES;
  must(`"${head.tenantId}"` === tenant, path, "ledger-form");
  return () => {
    // Its keys are in canonical order already.
    checkSignature(keys, Buffer.from(JSON.stringify(head)), Buffer.from(signature, "base64url"), path, "heads");
    return head;
  };
}

/** The chain of receipts leads, link by link, from one signed head to the other, and both lie around the period. */
function checkLedger(bytes, entries, { list, withheld, root, manifest, keys }) {
  const [ends, closingFile, range] = LEDGER_FILES;
  if (LEDGER_FILES.every((path) => !list.has(path))) return must(root.completeness !== "complete", ends, "missing");
  for (const path of LEDGER_FILES) must(list.has(path), path, "missing");
  if (LEDGER_FILES.some((path) => withheld.has(path))) return;
  const said = ENDS.exec(textOf(bytes, entries.get(ends)));
  must(said !== null, ends, "ledger-form");
  const [, closingText, genesisText, openingText, tenant] = said;
  const genesis = sha256(`maestro-conductor/receipts/${tenant.slice(1, -1)}`);
  must(tenant === `"${manifest.tenant.id}"` && genesisText === `"${genesis}"`, ends, "ledger-form");
  const [opened, closed] = [openingText, closingText].map((text) =>
    text === "null" ? () => null : checkHead(text, tenant, keys),
  );
  must(textOf(bytes, entries.get(closingFile)) === `${closingText}\n`, closingFile, "ledger-form");
  const [opening, closing] = [opened(), closed()];
  const isAround = (opening === null || opening.at < root.from) && closing.at >= manifest.asOf;
  must(isAround, ends, "ledger-period");
  let [seq, hash, fault, rest] = [opening?.receiptSeq ?? 0, opening?.receiptHash ?? genesis, null, ""];
  for (const line of bytes.lines(entries.get(range))) {
    must(rest === "", range, "ledger-form");
    const link = RECEIPT.exec(line);
    if (link === null) {
      must(line === "", range, "ledger-form");
      rest = "the end";
      continue;
    }
    const [, content, of, own, previous, place] = link;
    must(of === tenant, range, "ledger-form");
    seq += 1;
    if (Number(place) !== seq) fault ??= "gap";
    else if (previous !== hash) fault ??= "broken-link";
    else if (own !== sha256(`${hash}:${seq}:${sha256(content)}`)) fault ??= "changed-content";
    hash = own;
  }
  must(rest === "the end", range, "ledger-form");
  must(fault === null, range, fault);
  must(seq === closing.receiptSeq, range, "cut-off");
  must(hash === closing.receiptHash, range, "rewritten");
}

function check(bytes, trusted) {
  const end = readEnd(bytes);
  const entries = readEntries(bytes, end);
  for (const path of ROOT_FILES) must(entries.has(path), path, "missing");
  const own = { seals: [], heads: [] };
  for (const entry of entries.values()) {
    if (!entry.path.startsWith("verify/keys/")) continue;
    const pem = PEM.exec(textOf(bytes, entry));
    must(pem !== null, entry.path, "key-form");
    own[pem[1] === undefined ? "seals" : "heads"].push(pem[2]);
  }
  must(own.seals.length > 0, "verify/keys", "missing");
  const keys = { trusted, own };
  const sealed = bytes.sha256(0, bytes.size - 88);
  checkSignature(keys, Buffer.from(`conductor-seal-v1\n${sealed}\n`, "latin1"), end.seal, "(seal)");
  const said = readSigned(bytes, entries.get("manifest.dsse.json"), ROOT, keys);
  const [completeness, dryRun, from, to, tag, tenant, manifestDigest, listDigest] = said;
  const root = { completeness, dryRun, from, to, tag, tenant, manifest: manifestDigest, list: listDigest };
  for (const [path, digest] of [
    ["manifest.json", root.manifest],
    ["manifest.sha256", root.list],
  ]) {
    const entry = entries.get(path);
    must(bytes.sha256(entry.data, entry.size) === digest, path, "digest");
  }
  const list = readList(bytes, entries.get("manifest.sha256"));
  const withheld = readCut(bytes, entries, root, keys);
  checkPresence(entries, list, withheld);
  let wrongCrc = null;
  for (const { path, data, size, crc } of entries.values()) {
    const found = bytes.digest(data, size);
    must(!list.has(path) || found.sha256 === list.get(path), path, "digest");
    if (found.crc !== crc) wrongCrc ??= path;
  }
  must(wrongCrc === null, wrongCrc, "crc");
  const manifest = checkManifest(bytes, entries.get("manifest.json"), list, root);
  checkLedger(bytes, entries, { list, withheld, root, manifest, keys });
  const verdict =
    root.dryRun === "true"
      ? "dry_run"
      : root.completeness !== "complete"
        ? "incomplete"
        : withheld.size > 0
          ? "cut"
          : "ok";
  return { verdict, withheld: withheld.size, of: { tag, tenant, from, to } };
}

/** The verdict over one file. `trusted`: keys that came by another way, as `readKeys` gives them, or null. Throws when it cannot be read. */
export function verifyBundle(file, trusted = null) {
  const open = openSync(file, "r");
  try {
    const { verdict, withheld, of } = check(new Bytes(open), trusted);
    return { verdict, anchored: trusted !== null, firstBad: null, of, ...(withheld === 0 ? {} : { withheld }) };
  } catch (error) {
    if (!(error instanceof Bad)) throw error;
    return { verdict: "refused", anchored: false, firstBad: { path: error.path, reason: error.reason } };
  } finally {
    closeSync(open);
  }
}

/** Keys of a key file, which holds PEM blocks and nothing else. Throws when it does not. */
export function readKeys(file) {
  const blocks = readFileSync(file, "latin1").split(/(?<=-----END PUBLIC KEY-----\n)/);
  const keys = blocks.map((block) => PEM.exec(block));
  if (keys.includes(null)) throw new Error(`${file} holds no Ed25519 public keys as PEM, or more than those.`);
  const of = (isHeads) => keys.filter((key) => (key[1] !== undefined) === isHeads).map((key) => key[2]);
  return { seals: of(false), heads: of(true) };
}

/** A verdict as a sentence for people. */
export function words({ verdict, anchored, firstBad, of, withheld }) {
  if (firstBad !== null) return `refused: ${firstBad.path}: ${firstBad.reason}`;
  const whose = anchored
    ? "signed by a key you trust"
    : "NOT ANCHORED: signed by a key that only the bundle itself names";
  const what = `${of.tag} of ${of.tenant}, ${of.from} to ${of.to}`;
  return `${verdict}: ${what}; ${whose}${withheld === undefined ? "" : `; a cut: ${withheld} items withheld`}`;
}

function main(args) {
  const files = [];
  let [json, trust] = [false, null];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--json") json = true;
    else if (args[i] === "--trust" && i + 1 < args.length) trust = args[++i];
    else if (args[i].startsWith("-")) return usage();
    else files.push(args[i]);
  }
  if (files.length === 0) return usage();
  try {
    const trusted = trust === null ? null : readKeys(trust);
    const verdicts = files.map((file) => {
      const verdict = verifyBundle(file, trusted);
      process.stdout.write(json ? `${JSON.stringify(verdict)}\n` : `${file}: ${words(verdict)}\n`);
      return verdict.verdict;
    });
    return verdicts.includes("refused") ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function usage() {
  process.stderr.write("usage: node verify.mjs [--json] [--trust KEYFILE] BUNDLE.zip ...\n");
  return 2;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
