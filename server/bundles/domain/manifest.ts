import type { Json } from "@/server/kernel/json";
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

/** Something that the bundle should hold and does not, or withholds. */
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
  state: "present" | "empty" | "missing";
  why: string | null;
}

/** Complete only where every section that was expected is there: what is missing is never called anything else. */
export const completenessOf = (missing: readonly Gap[]): Completeness =>
  missing.length === 0 ? "complete" : "incomplete";

/** The manifest as a value; its RFC 8785 text is what the root signs. */
export function manifestOf(
  facts: BundleFacts,
  parts: {
    sections: readonly SectionState[];
    missing: readonly Gap[];
    withheld: readonly Gap[];
    items: readonly ManifestItem[];
  },
): Json {
  const { isDryRun, policyRevision, productRevision, catalogueVersion, ...rest } = facts;
  return {
    ...{ ...rest, format: BUNDLE_FORMAT, dryRun: isDryRun, completeness: completenessOf(parts.missing) },
    versions: { catalogue: catalogueVersion, policy: policyRevision, product: productRevision },
    ...(parts as unknown as Record<string, Json>),
  };
}

/** The list of digests, as `sha256sum -c` reads it. */
export const digestList = (items: readonly { path: string; digest: string }[]): string =>
  items.map(({ path, digest }) => `${digest}  ${path}\n`).join("");
