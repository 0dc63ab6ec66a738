import { createHash } from "node:crypto";
import { evidenceSigningKey, headSigningKey, publicPem, signBytes, signText } from "@/server/platform/keys";
import { type Head, headText, type SignedHead } from "@/server/receipts/domain/head";
import { contentDigest, genesisHash, type Link, linkHash } from "@/server/receipts/domain/link";
import { composeBundle, type Sealing } from "../build-bundle";
import type { ControlStatus } from "@/server/compliance/domain/status";
import type { ControlOccurrences } from "@/server/compliance/domain/turns";
import type { FindingEntry } from "@/server/findings/domain/document";
import type { Audience } from "../domain/cuts";
import type { BundleTag, Verdict } from "../domain/format";
import type { BundleFacts } from "../domain/manifest";
import type { EvidenceItem, EvidenceKind } from "@/server/evidence";
import { keyFileText, keyOf } from "../sealing-keys";
import type { Sources } from "../sources";
import { NO_WITNESSES } from "../witnesses/witnesses";

const TENANT_ID = `ten_${"0".repeat(31)}1`;
export const [FROM, TO] = [new Date("2026-01-01T00:00:00.000Z"), new Date("2026-02-01T00:00:00.000Z")];

const secretOf = (name: string) => name.padEnd(40, "-");

/** A deployment's own sealing, of a secret that tests make up. */
export function sealingWith(name: string): Sealing {
  const key = evidenceSigningKey(secretOf(name));
  const pem = publicPem(key);
  return {
    signer: { keyId: key.keyId, publicPem: pem, sign: (bytes) => signBytes(key, bytes) },
    ...{ keys: [{ keyId: key.keyId, publicPem: pem }], headKeys: [headSigningKey(secretOf(name))] },
    witnesses: NO_WITNESSES,
    productRevision: "test",
  };
}

const FACTS: BundleFacts = {
  tenant: { id: TENANT_ID, slug: "acme", name: "Acme & <Söhne>" },
  period: { from: FROM.toISOString(), to: TO.toISOString() },
  ...{ asOf: TO.toISOString(), tag: "Conductor Compliance", isDryRun: false },
  ...{ catalogueVersion: "1", policyRevision: "saas@1", productRevision: "test" },
};

/** What every verifier says that a sample is. */
export const whatSampleIs = (tag: BundleTag = "Conductor Compliance"): NonNullable<Verdict["of"]> => ({
  ...{ tag, tenant: FACTS.tenant.slug, ...FACTS.period },
});

const KINDS = [
  ...(["policy-snapshot", "sbom", "provenance", "test-results", "slo-capture", "drill-report"] as const),
  ...(["access-review", "change-sample", "backup-drill", "drift-report", "control-probes"] as const),
];
const bytesOf = (kind: string) => Buffer.from(`{"kind":"${kind}","of":"a test"}\n`, "utf8");
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const itemOf = (kind: EvidenceKind, number: number): EvidenceItem => ({
  ...{ id: `evd_${String(number).padStart(32, "0")}`, kind, subject: `tenant:${TENANT_ID}`, title: `A ${kind}` },
  ...{ mediaType: "application/json", fileName: `${kind}.json`, bytes: bytesOf(kind).byteLength },
  ...{
    digest: digestOf(bytesOf(kind)),
    collectedAt: new Date("2026-01-20T08:00:00.000Z"),
    coversFrom: FROM,
    coversTo: TO,
  },
  ...{ facts: { ok: true }, source: "job:collect-evidence" },
});

const control = (id: string, state: ControlStatus["state"], evidenceIds: string[]): ControlStatus => ({
  control: {
    ...{ id, title: `Control ${id}`, statement: "What is promised is done.", area: "access", stance: "owned" },
    ...{ soc2: ["CC6.1"], iso27001: ["A.5.15"], evidenceKinds: ["access-review"], owner: "tenant_admin" },
    ...{ feature: "Access", workflow: "probe-controls", cadenceDays: 90, probes: ["tenant-walls"], limits: null },
  },
  ...{ state, why: [{ factId: "f1", text: "It was looked at.", at: null }], evidenceIds },
  ...{
    observedAt: new Date("2026-01-20T08:00:00.000Z"),
    nextDueAt: new Date("2026-04-20T08:00:00.000Z"),
    exception: null,
  },
});

const shown = (id: string, missed: number): ControlOccurrences => ({
  ...{ control: id, expected: 31, observed: 31 - missed, failed: 0 },
  stretches: [{ state: missed === 0 ? "held" : "missed", from: FROM, to: TO, turns: 31 }],
});

const FINDING: FindingEntry = {
  ...{ id: "fnd_1", ticket: "F-1", title: "A secret is old", detail: "It is two years old.", remedy: "Renew it." },
  ...{ severity: "medium", status: "open", owner: { name: "Olu" }, control: "MC-AC-01" },
  ...{ openedAt: FROM.toISOString(), dueAt: TO.toISOString(), closedAt: null, acceptedUntil: null },
  evidenceDigest: digestOf(bytesOf("sbom")),
};

/** A chain of receipts, one a minute. */
export function sampleChain(count: number): Link[] {
  const links: Link[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const content = {
      ...{ tenantId: TENANT_ID, id: `rcp_${seq}`, at: new Date(FROM.getTime() + seq * 60_000).toISOString() },
      ...{ actor: "system", action: "run.finish", subject: `run:${seq}` },
      body: { detail: { name: "Zoë", hash: "sha256:0", padding: "x".repeat(300) } },
    };
    const previousHash = links.at(-1)?.hash ?? genesisHash("receipts", TENANT_ID);
    links.push({ ...content, seq, previousHash, hash: linkHash(previousHash, seq, contentDigest(content)) });
  }
  return links;
}

const KEYS = { heads: headSigningKey, seal: evidenceSigningKey } as const;

/** A key as a key file has it that is for heads of receipts, or says so. */
export const headKeyFile = (by: string, role: keyof typeof KEYS = "heads"): string =>
  keyFileText(keyOf(KEYS[role](secretOf(by))), "heads");

/** What whoever trusts the one who is named has as a key file. */
export const trustIn = (by: string): string => sealingWith(by).signer.publicPem + headKeyFile(by);

/** A head over where a chain stands, signed with the key of whoever is named. */
export function sampleHead(
  links: readonly Link[],
  at: Date,
  by = "ours",
  role: keyof typeof KEYS = "heads",
): SignedHead {
  const [key, last] = [KEYS[role](secretOf(by)), links.at(-1)];
  const head: Head = {
    ...{ tenantId: TENANT_ID, at: at.toISOString(), receiptSeq: last?.seq ?? 0 },
    ...{ receiptHash: last?.hash ?? genesisHash("receipts", TENANT_ID) },
    ...{ decisionSeq: 0, decisionHash: genesisHash("decisions", TENANT_ID) },
  };
  return { ...head, keyId: key.keyId, signature: signText(key, headText(head)) };
}

/** Sources that have everything a bundle expects, with some receipts; or without one kind. */
export function sampleSources({
  without,
  receipts = 5,
  more = 0,
  missed = 0,
}: { without?: string; receipts?: number; more?: number; missed?: number } = {}): Sources {
  const links = sampleChain(receipts);
  const items: EvidenceItem[] = [
    ...KINDS.filter((kind) => kind !== without),
    ...Array<EvidenceKind>(more).fill("policy-snapshot"),
  ].map(itemOf);
  return {
    controls: async () => ({
      catalogueVersion: "1",
      statuses: [control("MC-CM-01", "failing", []), control("MC-AC-01", "passing", [items[0]?.id ?? ""])],
      occurrences: ["MC-CM-01", "MC-AC-01"].map((id) => shown(id, missed)),
    }),
    findings: async () => [FINDING],
    evidence: async () => ({ items, faults: [] }),
    evidenceBytes: async (digest) => bytesOf(KINDS.find((kind) => digestOf(bytesOf(kind)) === digest) ?? ""),
    heads: async () => ({ opening: null, closing: sampleHead(links, TO) }),
    async *receipts(after, upTo) {
      yield links.slice(after, upTo);
    },
  };
}

/** Composes a bundle of made-up facts at a path. */
export async function composeSample(
  target: string,
  over: { facts?: Partial<BundleFacts>; sources?: Sources; sealing?: Sealing; cut?: Audience } = {},
) {
  const sources = over.sources ?? sampleSources();
  return composeBundle(target, {
    facts: { ...FACTS, ...over.facts },
    ...{
      controls: await sources.controls(TO, FROM),
      sources,
      sealing: over.sealing ?? sealingWith("ours"),
      cut: over.cut,
    },
  });
}
