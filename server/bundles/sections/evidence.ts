import { createHash } from "node:crypto";
import { must, unavailable } from "@/server/kernel/errors";
import { pathPart } from "../domain/format";
import { envelopeText, PREDICATES, type Signer, statementText } from "../domain/seal";
import { madeHere, type Section } from "../sections";
import type { Sources } from "../sources";
import type { ControlStatus } from "@/server/compliance/domain/status";
import type { EvidenceItem, EvidenceKind } from "@/server/evidence";

/** Where the kinds of evidence lie, and which a bundle expects at least one of. */
const KINDS: Readonly<Record<EvidenceKind, { folder: string; isExpected: boolean }>> = {
  "policy-snapshot": { folder: "policies", isExpected: true },
  "policy-bundle": { folder: "policies", isExpected: false },
  "simulation-report": { folder: "policies", isExpected: false },
  sbom: { folder: "supply-chain", isExpected: true },
  provenance: { folder: "supply-chain", isExpected: true },
  "test-results": { folder: "supply-chain", isExpected: true },
  "slo-capture": { folder: "slo", isExpected: true },
  "incident-report": { folder: "incidents", isExpected: false },
  "drill-report": { folder: "drills", isExpected: true },
  "access-review": { folder: "access-reviews", isExpected: true },
  "change-sample": { folder: "changes", isExpected: true },
  "backup-drill": { folder: "backups", isExpected: true },
  "receipt-range": { folder: "receipts", isExpected: false },
  "drift-report": { folder: "drift", isExpected: true },
  "control-probes": { folder: "controls", isExpected: true },
  "audit-report": { folder: "audits", isExpected: false },
};

/** So many items are read at a time, or as many as come to so many bytes. */
const [AHEAD, AHEAD_BYTES] = [32, 4 << 20];

const pathOf = ({ kind, id, fileName }: EvidenceItem) => `${KINDS[kind].folder}/${id}/${pathPart(fileName)}`;

const iso = (at: Date | null) => at?.toISOString() ?? null;

function attestation(item: EvidenceItem, signer: Signer): string {
  const { kind, subject, title, mediaType, facts, source } = item;
  const said = { kind, subject, title, mediaType, facts, source, collectedAt: item.collectedAt.toISOString() };
  const covers = { coversFrom: iso(item.coversFrom), coversTo: iso(item.coversTo) };
  const text = statementText([{ name: pathOf(item), digest: item.digest }], PREDICATES.item, { ...said, ...covers });
  return `${envelopeText(text, signer)}\n`;
}

/** Ids of the controls that each item speaks for, sorted, by the item's id. The last look of all probes speaks for what they look at. */
function controlsByItem(statuses: readonly ControlStatus[], items: readonly EvidenceItem[]): Map<string, string[]> {
  const looks = items.filter(({ kind }) => kind === "control-probes");
  const last = looks.reduce<EvidenceItem | null>(
    (newest, item) => (newest === null || item.collectedAt >= newest.collectedAt ? item : newest),
    null,
  );
  const found = new Map<string, string[]>();
  for (const { control, evidenceIds } of statuses) {
    const own = last === null || control.probes.length === 0 ? evidenceIds : [...evidenceIds, last.id];
    for (const id of new Set(own)) found.set(id, [...(found.get(id) ?? []), control.id].sort());
  }
  return found;
}

/** Items with their bytes, in their order; small ones are read ahead, so that the disk is not waited for once for each. */
async function* readAhead(items: readonly EvidenceItem[], sources: Pick<Sources, "evidenceBytes">) {
  const ahead: { item: EvidenceItem; bytes: Promise<Uint8Array> }[] = [];
  let [next, aheadBytes] = [0, 0];
  for (const item of items) {
    for (
      ;
      next < items.length && (ahead.length === 0 || (ahead.length < AHEAD && aheadBytes < AHEAD_BYTES));
      next += 1
    ) {
      const one = items[next] ?? item;
      const bytes = sources.evidenceBytes(one.digest);
      // Whoever breaks off before its turn is not told how it went.
      bytes.catch(() => undefined);
      ahead.push({ item: one, bytes });
      aheadBytes += one.bytes;
    }
    const first = must(ahead.shift(), "the item in turn was asked for");
    aheadBytes -= first.item.bytes;
    yield { item: first.item, bytes: await first.bytes };
  }
}

/**
 * Everything that was collected of the period and is what its receipt says, each with a signed statement. What is not stays out and
 * is named; kinds of which there is nothing are missing.
 */
export const evidenceBy = (signer: Signer): Section => ({
  name: "evidence",
  title: "Collected evidence",
  async *entries({ sources, period, controls: byControl }) {
    const found = await sources.evidence(period);
    const items = [...found.items].sort((a, b) => (a.id < b.id ? -1 : 1));
    const controlsOf = controlsByItem("absent" in byControl ? [] : byControl.statuses, items);
    for await (const { item, bytes } of readAhead(items, sources)) {
      if (createHash("sha256").update(bytes).digest("hex") !== item.digest)
        throw unavailable(`The evidence ${item.id} is not what was collected. Nothing is sealed.`);
      const { title, mediaType, kind, source } = item;
      const times = {
        collectedAt: iso(item.collectedAt),
        coversFrom: iso(item.coversFrom),
        coversTo: iso(item.coversTo),
      };
      yield {
        title,
        mediaType,
        kind,
        source,
        ...times,
        controls: controlsOf.get(item.id) ?? [],
        state: null,
        path: pathOf(item),
        content: bytes,
      };
    }
    const envelopes = async function* () {
      for (const item of items) yield attestation(item, signer);
    };
    if (items.length > 0)
      yield {
        ...madeHere("A signed statement for each item", "application/vnd.in-toto+jsonl"),
        ...{ path: "attestations.intoto.jsonl", content: envelopes() },
      };
    const present = new Set(items.map(({ kind }) => kind));
    const missing = (Object.keys(KINDS) as EvidenceKind[]).filter(
      (kind) => KINDS[kind].isExpected && !present.has(kind),
    );
    return {
      gaps: [
        ...found.faults.map(({ kind: what, why }) => ({ what, why })),
        ...missing.map((what) => ({ what, why: "nothing of this kind was collected in the period" })),
      ],
    };
  },
});
