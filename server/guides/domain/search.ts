import type { Guide, Room, Section } from "./document";

/** Letters of a query that count, and words of it. */
const QUERY_MAX = 120;
const WORDS_MAX = 8;
/** Letters of the text shown around the first hit, and pages at most. */
const SHOWN = 180;
const PAGES_MAX = 40;

/** A part of a text, and whether it is what was searched for. */
export interface Piece {
  text: string;
  isHit: boolean;
}

export interface Found {
  slug: string;
  room: Room;
  title: readonly Piece[];
  /** The section that fits best. */
  anchor: string | null;
  heading: readonly Piece[];
  excerpt: readonly Piece[];
}

/** Who looks for what to do finds that before how it came to be. */
const WEIGHT: Readonly<Record<Room, number>> = { runbooks: 1.3, guides: 1.2, features: 1, reference: 0.9, adr: 0.7 };

/** A text with small letters and without accents, each letter in its own place. */
function folded(text: string): string {
  return text
    .replaceAll(/[^\x00-\x7F]/gu, (letter) => {
      const plain = letter.normalize("NFD").charAt(0).toLowerCase();
      return plain.length === letter.length ? plain : letter;
    })
    .replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

interface IndexedSection extends Section {
  foldedHeading: string;
  foldedText: string;
}

interface IndexedGuide extends Pick<Guide, "slug" | "room" | "title"> {
  foldedTitle: string;
  sections: readonly IndexedSection[];
}

/** Pages in the form in which they are searched: made once. */
export const indexGuides = (guides: readonly Guide[]): IndexedGuide[] =>
  guides.map(({ slug, room, title, sections }) => ({
    ...{ slug, room, title, foldedTitle: folded(title) },
    sections: sections.map((section) => ({
      ...section,
      ...{ foldedHeading: folded(section.heading), foldedText: folded(section.text) },
    })),
  }));

/** The words of a query, folded and each once. */
function wordsOf(query: string): string[] {
  const words = folded(query.slice(0, QUERY_MAX)).match(/[\p{L}\p{N}][\p{L}\p{N}_-]*/gu) ?? [];
  return [...new Set(words)].slice(0, WORDS_MAX);
}

const LETTER = /[\p{L}\p{N}]/u;

/** Where in a folded text words begin with this one, the first `most` of them. */
function placesOf(plain: string, word: string, most: number): number[] {
  const places: number[] = [];
  for (let at = plain.indexOf(word); at !== -1 && places.length < most; at = plain.indexOf(word, at + word.length))
    if (at === 0 || !LETTER.test(plain.charAt(at - 1))) places.push(at);
  return places;
}

/** A text in pieces, so that what was searched for can be marked. */
function piecesOf(text: string, words: readonly string[]): Piece[] {
  const plain = folded(text);
  const hits = words
    .flatMap((word) => placesOf(plain, word, plain.length).map((at) => ({ word, at })))
    .sort((one, other) => one.at - other.at || other.word.length - one.word.length);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { word, at } of hits) {
    if (at < done) continue;
    if (at > done) pieces.push({ text: text.slice(done, at), isHit: false });
    pieces.push({ text: text.slice(at, at + word.length), isHit: true });
    done = at + word.length;
  }
  return done < text.length ? [...pieces, { text: text.slice(done), isHit: false }] : pieces;
}

/** What stands around the first hit, cut at spaces. */
function excerptOf({ text, foldedText }: IndexedSection, words: readonly string[]): Piece[] {
  const first = Math.min(text.length, ...words.flatMap((word) => placesOf(foldedText, word, 1)));
  const isEarly = first < SHOWN / 3 || first === text.length;
  const begins = isEarly ? 0 : text.indexOf(" ", first - SHOWN / 3) + 1;
  const isWhole = begins + SHOWN >= text.length;
  const shown = isWhole ? text.slice(begins) : text.slice(begins, begins + SHOWN).replace(/\s+\S*$/, "");
  return piecesOf(`${isEarly ? "" : "… "}${shown}${isWhole ? "" : " …"}`, words);
}

/** How well a section fits; 0 where one of the words is neither in it nor in its page's title. */
function scoreOf({ foldedTitle, room }: IndexedGuide, section: IndexedSection, words: readonly string[]): number {
  const { foldedHeading, foldedText } = section;
  let score = 0;
  for (const word of words) {
    const own =
      8 * placesOf(foldedTitle, word, 1).length +
      5 * placesOf(foldedHeading, word, 1).length +
      placesOf(foldedText, word, 4).length;
    if (own === 0) return 0;
    score += own;
  }
  const isPhrase = words.length > 1 && `${foldedHeading} ${foldedText}`.includes(words.join(" "));
  return (score + (isPhrase ? 6 : 0)) * WEIGHT[room];
}

/** The pages in which every word is, in one section or the title; the best first, each by its best section. */
export function searchGuides(guides: readonly IndexedGuide[], query: string): Found[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return guides
    .flatMap((guide) => {
      const [best] = guide.sections
        .map((section) => ({ guide, section, score: scoreOf(guide, section, words) }))
        .sort((one, other) => other.score - one.score);
      return best === undefined || best.score === 0 ? [] : [best];
    })
    .sort((one, other) => other.score - one.score || (one.guide.slug < other.guide.slug ? -1 : 1))
    .slice(0, PAGES_MAX)
    .map(({ guide: { slug, room, title }, section }) => ({
      ...{ slug, room, anchor: section.anchor, title: piecesOf(title, words) },
      heading: section.anchor === null ? [] : piecesOf(section.heading, words),
      excerpt: excerptOf(section, words),
    }));
}
