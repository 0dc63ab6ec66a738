import { canonicalJson, type Json } from "@/server/kernel/json";
import type { Audience } from "./cuts";
import { BUNDLE_FORMAT, type BundleTag, type Completeness } from "./format";

/** Signs bytes; whoever holds the key makes one. */
export interface Signer {
  keyId: string;
  /** SubjectPublicKeyInfo as PEM. */
  publicPem: string;
  /** Ed25519 over exactly these bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** What a DSSE envelope of ours holds. */
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const STATEMENT = "https://in-toto.io/Statement/v1";
/** URIs of what our statements say. They name a format and lead nowhere. */
export const PREDICATES = {
  bundle: "urn:maestro-conductor:evidence-bundle:v1",
  cut: "urn:maestro-conductor:evidence-cut:v1",
  item: "urn:maestro-conductor:evidence-item:v1",
} as const;

export interface Subject {
  name: string;
  /** SHA-256, lower hex. */
  digest: string;
}

/** An in-toto statement as canonical JSON: subjects, matched by digest, and what is said of them. */
export function statementText(subjects: readonly Subject[], predicateType: string, predicate: Json): string {
  const subject = subjects.map(({ name, digest }) => ({ name, digest: { sha256: digest } }));
  return canonicalJson({ _type: STATEMENT, subject, predicateType, predicate });
}

/** The bytes that a DSSE signature is over (DSSE 1.0.2, "PAE"). */
function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `;
  return Buffer.concat([Buffer.from(head, "utf8"), payload]);
}

/** A statement in its signed envelope, as canonical JSON. */
export function envelopeText(statement: string, signer: Signer): string {
  const payload = Buffer.from(statement, "utf8");
  const sig = Buffer.from(signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload))).toString("base64");
  return canonicalJson({
    ...{ payload: payload.toString("base64"), payloadType: PAYLOAD_TYPE },
    signatures: [{ keyid: signer.keyId, sig }],
  });
}

/** What the root says of its bundle: inside the signature, so that no file name says otherwise. */
export interface RootPredicate {
  tag: BundleTag;
  dryRun: boolean;
  completeness: Completeness;
  tenant: string;
  period: { from: string; to: string };
}

/** The root statement: of the manifest, and of the list of digests. */
export function rootStatement(digests: { manifest: string; list: string }, said: RootPredicate): string {
  const { tag, dryRun, completeness, tenant, period } = said;
  const subjects = [
    { name: "manifest.json", digest: digests.manifest },
    { name: "manifest.sha256", digest: digests.list },
  ];
  const predicate = { format: BUNDLE_FORMAT, tag, dryRun, completeness, tenant, period };
  return statementText(subjects, PREDICATES.bundle, predicate);
}

/** What a cut says: for whom it is, of which manifest, and the list of what it leaves out. */
export function cutStatement(digests: { manifest: string; withheld: string }, audience: Audience): string {
  const subjects = [
    { name: "manifest.json", digest: digests.manifest },
    { name: "withheld.sha256", digest: digests.withheld },
  ];
  return statementText(subjects, PREDICATES.cut, { audience });
}

const SEAL = "conductor-seal-v1";
/** Bytes of the comment that ends a bundle: its word, and a signature as base64. */
export const SEAL_BYTES = SEAL.length + 1 + 88;

/** The text that the comment's signature is over: the digest of every byte of the file before that signature. */
const sealText = (fileDigest: string) => `${SEAL}\n${fileDigest}\n`;

/** The part of the comment that its signature covers too. */
export const SEAL_OPENING = `${SEAL} `;

/** The rest of the comment: the signature, for the SHA-256 (lower hex) of all bytes before it. */
export const sealSignature = (signer: Signer, fileDigest: string): string =>
  Buffer.from(signer.sign(Buffer.from(sealText(fileDigest), "utf8"))).toString("base64");
