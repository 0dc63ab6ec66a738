import type { EvidenceKind } from "@/server/evidence/domain/kinds";
import type { ManifestItem } from "./manifest";

/** For whom a bundle is cut. */
export const AUDIENCES = ["auditor", "customer"] as const;
export type Audience = (typeof AUDIENCES)[number];

interface Cut {
  kinds: readonly EvidenceKind[];
  /** A file, or a folder with its slash. */
  paths: readonly string[];
  why: string;
}

const INSIDE: Cut = {
  ...{ kinds: ["sbom"], paths: [] },
  why: "what runs by name and version, which serves whoever attacks it; shown to an auditor who asks",
};

/** What each cut leaves out, and why. All else is in it; what is left out stands in the manifest, with title and digest. */
const CUTS: Readonly<Record<Audience, readonly Cut[]>> = {
  auditor: [INSIDE],
  customer: [
    INSIDE,
    {
      kinds: ["receipt-range", "access-review", "change-sample"],
      paths: ["ledger/range.jsonl", "attestations.intoto.jsonl"],
      why: "who did what, by name and e-mail address",
    },
    { kinds: ["audit-report"], paths: ["findings/"], why: "gaps in words, while they may still be open" },
    { kinds: ["incident-report"], paths: [], why: "incidents that may be about somebody else" },
    {
      ...{ kinds: ["policy-snapshot", "policy-bundle", "simulation-report", "drift-report"], paths: [] },
      why: "the tenant's own rules, and how they are kept",
    },
  ],
};

const isUnder = (path: string, place: string) => (place.endsWith("/") ? path.startsWith(place) : path === place);

/** The items of a bundle that a cut leaves out, in their order. */
export const withheldFrom = (audience: Audience, items: readonly ManifestItem[]): ManifestItem[] =>
  items.filter(({ kind, path }) =>
    CUTS[audience].some(
      ({ kinds, paths }) => kinds.some((one) => one === kind) || paths.some((place) => isUnder(path, place)),
    ),
  );
