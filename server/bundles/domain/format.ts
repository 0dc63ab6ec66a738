/** The words of the sealed bundle, as docs/reference/bundle-format.md has them: what a verifier of another hand holds to. */

export const BUNDLE_FORMAT = "conductor-evidence/1";

export const BUNDLE_TAGS = ["Conductor Compliance", "Conductor_Internal_Audit"] as const;
export type BundleTag = (typeof BUNDLE_TAGS)[number];

export type Completeness = "complete" | "incomplete";

/** What any verifier says of a bundle. */
export const VERDICTS = ["ok", "refused", "incomplete", "dry_run", "cut"] as const;
export interface Verdict {
  verdict: (typeof VERDICTS)[number];
  /** True when a key that came by another way than the bundle has signed it. */
  anchored: boolean;
  firstBad: { path: string; reason: string } | null;
  /** What the root says that it is, moments in ISO 8601; of nothing that is refused. */
  of?: { tag: BundleTag; tenant: string; from: string; to: string };
  /** How many items a cut leaves out; only of a cut. */
  withheld?: number;
}

// No name needs quoting in a shell, none is hidden, none climbs.
const SEGMENT = "[A-Za-z0-9_@][A-Za-z0-9._@+-]{0,99}";
const PATH = new RegExp(`^${SEGMENT}(/${SEGMENT}){0,7}$`);
const FOLDER = /^conductor-evidence-[a-z0-9_-]{1,120}$/;

/** True for a path that a bundle may hold. */
export const isBundlePath = (path: string): boolean => PATH.test(path) && path.length <= 200;

/** The folder that a bundle unpacks to. Throws RangeError for a tenant's slug that no folder can have. */
export function bundleFolder(slug: string, period: { from: Date; to: Date }): string {
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const folder = `conductor-evidence-${slug}-${day(period.from)}_${day(period.to)}`;
  if (!FOLDER.test(folder)) throw new RangeError(`no folder can be named ${folder}`);
  return folder;
}

/** A text as part of a path: letters, digits and dashes, at most 60. */
export function pathPart(text: string): string {
  const part = text
    .replaceAll(/[^A-Za-z0-9._@+-]+/g, "-")
    .replace(/^[^A-Za-z0-9_@]+/, "")
    .slice(0, 60);
  return part === "" ? "item" : part;
}

/** Orders paths by their bytes, which is the order that every verifier asks for. */
export const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
