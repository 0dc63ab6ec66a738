import type { BundleFacts, Gap, ItemFacts, SectionState } from "./domain/manifest";
import type { ControlsState, Sources } from "./sources";
import type { Content } from "./spool";

/** A file of the bundle, with what it is. */
export interface BundleEntry extends ItemFacts {
  path: string;
  content: Content;
}

/** What a section is made from. */
export interface SectionScope {
  facts: BundleFacts;
  period: { from: Date; to: Date };
  /** Read once: all parts speak of the same state. */
  controls: ControlsState;
  sources: Omit<Sources, "controls">;
}

/** What came of a section: what is missing of it, in words. */
export interface SectionOutcome {
  gaps: readonly Gap[];
}

/** A part of the bundle: gives its files, hears at the place of each when its content could not be read, and says in the end what is missing. */
export interface Section {
  name: string;
  title: string;
  entries(scope: SectionScope): AsyncGenerator<BundleEntry, SectionOutcome>;
}

/** Facts of a file that the bundle makes itself. */
export const madeHere = (title: string, mediaType: string, over: Partial<ItemFacts> = {}): ItemFacts => ({
  ...{ title, mediaType, kind: null, source: "bundle", collectedAt: null, coversFrom: null, coversTo: null },
  ...{ controls: [], state: null },
  ...over,
});

/** How a section stands once its files are counted. */
export function sectionState({ name, title }: Section, files: number, { gaps }: SectionOutcome): SectionState {
  const [first] = gaps;
  if (first !== undefined) {
    const why = gaps.map((gap) => `${gap.what}: ${gap.why}`).join("; ");
    return { name, title, state: files === 0 ? "missing" : "partial", why };
  }
  return { name, title, state: files === 0 ? "empty" : "present", why: null };
}
