import { canonicalJson } from "@/server/kernel/json";
import { BUNDLE_FORMAT, type BundleTag, type Completeness } from "./format";

/** What a file of the bundle is, besides its bytes. */
export interface ItemFacts {
  title: string;
  mediaType: string;
  /** Of an item that was collected; null for what the bundle makes itself. */
  kind: string | null;
  source: string;
  /** ISO 8601. */
  collectedAt: string | null;
  coversFrom: string | null;
  coversTo: string | null;
  /** Ids of the controls that it speaks for. */
  controls: readonly string[];
  /** What it says of itself, such as a grade. */
  state: string | null;
}

export interface ManifestItem extends ItemFacts {
  path: string;
  bytes: number;
  /** SHA-256, lower hex. */
  digest: string;
}

/** Something that the bundle should hold and does not. */
export interface Gap {
  /** A section, or a kind of evidence. */
  what: string;
  why: string;
}

export interface BundleFacts {
  tenant: { id: string; slug: string; name: string };
  period: { from: string; to: string };
  /** Nothing newer is in it. ISO 8601. */
  asOf: string;
  tag: BundleTag;
  isDryRun: boolean;
  catalogueVersion: string | null;
  policyRevision: string;
  productRevision: string;
}

export interface SectionState {
  name: string;
  title: string;
  state: "present" | "empty" | "partial" | "missing";
  why: string | null;
}

/** Characters of a part of a text that may be long. */
const PART = 1 << 16;
const EMPTY = '"items":[]';

/** Complete only where every section that was expected is there: what is missing is never called anything else. */
export const completenessOf = (missing: readonly Gap[]): Completeness =>
  missing.length === 0 ? "complete" : "incomplete";

/** Texts joined to parts of some size, so that neither all of them nor each of them is handled alone. */
function* inParts(texts: Iterable<string>): Generator<string> {
  let part = "";
  for (const text of texts) {
    part += text;
    if (part.length < PART) continue;
    yield part;
    part = "";
  }
  yield part;
}

/** The manifest as parts of its RFC 8785 text, which the root signs: with 100,000 items it is never one text. */
export function manifestText(
  facts: BundleFacts,
  parts: {
    sections: readonly SectionState[];
    missing: readonly Gap[];
    items: readonly ManifestItem[];
  },
): Iterable<string> {
  const { isDryRun, policyRevision, productRevision, catalogueVersion, ...rest } = facts;
  const frame = canonicalJson({
    ...{ ...rest, ...parts, format: BUNDLE_FORMAT, dryRun: isDryRun, completeness: completenessOf(parts.missing) },
    versions: { catalogue: catalogueVersion, policy: policyRevision, product: productRevision },
    items: [],
  });
  // No name that sorts before it holds words of anybody's choice, so its first place is its own.
  const at = frame.indexOf(EMPTY) + EMPTY.length - 1;
  return inParts(
    (function* () {
      yield frame.slice(0, at);
      for (const [place, item] of parts.items.entries()) yield `${place === 0 ? "" : ","}${canonicalJson(item)}`;
      yield frame.slice(at);
    })(),
  );
}

/** The list of digests, as `sha256sum -c` reads it, in parts. */
export const digestList = (items: readonly { path: string; digest: string }[]): Iterable<string> =>
  inParts(
    (function* () {
      for (const { path, digest } of items) yield `${digest}  ${path}\n`;
    })(),
  );
