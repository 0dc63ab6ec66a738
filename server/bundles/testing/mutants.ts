import { envelopeText, PREDICATES, type Signer, statementText } from "../domain/seal";
import { ledgerMutants } from "./ledger-mutants";
import { type Parts, partsOf, rooted, sealed, sha256 as sha } from "./parts";

export interface Mutant {
  name: string;
  bytes: Buffer;
}

/** A sequence of numbers from 0 up to 1 that a seed decides (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const flipped = (bundle: Buffer, at: number, bit: number): Buffer => {
  const copy = Buffer.from(bundle);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
};

/** Single bits turned: some anywhere, some in each header, the directory and what ends the file. */
function turnedBits(bundle: Buffer, next: () => number, count: number): Mutant[] {
  const tail = 6_000;
  return Array.from({ length: count }, (_, number) => {
    const within = number % 3 === 0 ? bundle.length : number % 3 === 1 ? Math.min(tail, bundle.length) : 250;
    const at = bundle.length - 1 - Math.floor(next() * within);
    const bit = Math.floor(next() * 8);
    return { name: `bit ${bit} of byte ${at} turned`, bytes: flipped(bundle, at, bit) };
  });
}

function cutAndGrown(bundle: Buffer, next: () => number, count: number): Mutant[] {
  const at = () => Math.floor(next() * bundle.length);
  return Array.from({ length: count }, (_, number): Mutant[] => {
    const place = at();
    const noise = Buffer.from([Math.floor(next() * 256)]);
    const whole = [bundle.subarray(0, place), bundle.subarray(place)] as const;
    return [
      { name: `cut off at ${place}`, bytes: whole[0] },
      { name: `begins at ${place}`, bytes: whole[1] },
      { name: `a byte more at ${place}`, bytes: Buffer.concat([whole[0], noise, whole[1]]) },
      { name: `a byte less at ${place}`, bytes: Buffer.concat([whole[0], whole[1].subarray(1)]) },
      { name: `halves at ${place} exchanged`, bytes: Buffer.concat([whole[1], whole[0]]) },
      { name: `more after its end (${number})`, bytes: Buffer.concat([bundle, Buffer.alloc(number + 1)]) },
    ];
  }).flat();
}

const without = ({ folder, files }: Parts, place: number): Parts => ({
  folder,
  files: files.filter((_, at) => at !== place),
});
const put = ({ folder, files }: Parts, place: number, file: Parts["files"][number]): Parts => ({
  folder,
  files: [...files.slice(0, place), file, ...files.slice(place)],
});
const HOSTILE = [
  ...[
    "../evil",
    "/etc/passwd",
    "a/../../evil",
    "a//b",
    "./a",
    ".hidden",
    "a/.b",
    "a\\b",
    "C:evil",
    "a\nb",
    "a b",
    "ü",
    "",
  ],
  ...["x".repeat(101), "a/b/c/d/e/f/g/h/i", "-rf", "$(id)", "a\0b", "a/"],
];

/** Bundles put together wrongly and then sealed by the key itself: only structure can give them away. */
function wronglyMade(bundle: Buffer, signer: Signer, next: () => number): Mutant[] {
  const parts = partsOf(bundle);
  const place = Math.floor(next() * parts.files.length);
  const file = parts.files[place] ?? { path: "", content: Buffer.alloc(0) };
  const make = (name: string, from: Parts, wrong: Parameters<typeof sealed>[2] = {}) => ({
    name,
    bytes: sealed(from, signer, wrong),
  });
  const field = (at: number, value: number) => (header: Buffer, where: number) => {
    const copy = Buffer.from(header);
    if (where === place) copy[at] = value;
    return copy;
  };
  return [
    ...HOSTILE.map((path) =>
      make(`named ${JSON.stringify(path.slice(0, 20))}`, put(parts, place, { path, content: file.content })),
    ),
    make("an entry twice", put(parts, place, file)),
    make("an entry more", put(parts, parts.files.length, { path: "zz", content: Buffer.from("more") })),
    make("an entry less", without(parts, place)),
    make("two entries exchanged", put(without(parts, place), (place + 3) % (parts.files.length - 1), file)),
    make("a folder of its own", parts, {
      name: (name, at) => (at === place ? name.replace("conductor", "conductor-evidence-x") : name),
    }),
    make("another folder", { ...parts, folder: "somewhere" }),
    make("a checksum that is wrong", parts, { crc: (crc, at) => (at === place ? (crc ^ 1) >>> 0 : crc) }),
    make("bytes before the directory", parts, { gap: Buffer.from("hidden") }),
    make("empty", { ...parts, files: [] }),
    ...[4, 6, 8, 10, 12].map((at) => make(`header byte ${at} otherwise`, parts, { local: field(at, 9) })),
    ...[4, 6, 8, 10, 12, 14, 30, 32, 34, 36, 38, 41].map((at) =>
      make(`record byte ${at} otherwise`, parts, { record: field(at, 9) }),
    ),
    ...[14, 18, 22, 26, 28].map((at) =>
      make(`header byte ${at} turned`, parts, { local: (h, w) => (w === place ? flipped(h, at, 0) : h) }),
    ),
    make("content changed", {
      ...parts,
      files: parts.files.map((f, at) =>
        at === place ? { ...f, content: Buffer.concat([f.content, Buffer.from(" ")]) } : f,
      ),
    }),
  ];
}

/** What a stranger makes with a key of their own, put under ours or theirs; and the root saying other things. */
function otherwiseSigned(bundle: Buffer, ours: Signer, theirs: Signer): Mutant[] {
  const parts = partsOf(bundle);
  const change = (path: string, to: (content: Buffer) => Buffer): Parts => ({
    ...parts,
    files: parts.files.map((file) => (file.path === path ? { path, content: to(file.content) } : file)),
  });
  const text = (path: string, to: (text: string) => string) =>
    change(path, (content) => Buffer.from(to(content.toString("utf8")), "utf8"));
  const said = (name: string, to: (predicate: object) => object) => ({
    name,
    bytes: sealed(rooted(parts, ours, to), ours),
  });
  const contentOf = (path: string) => parts.files.find((file) => file.path === path)?.content ?? Buffer.alloc(0);
  const badManifest = (to: (manifest: string) => string) => {
    const manifest = Buffer.from(to(contentOf("manifest.json").toString()));
    const envelope = JSON.parse(contentOf("manifest.dsse.json").toString()) as { payload: string };
    const { predicate } = JSON.parse(Buffer.from(envelope.payload, "base64").toString()) as { predicate: never };
    const subjects = [
      { name: "manifest.json", digest: sha(manifest) },
      { name: "manifest.sha256", digest: sha(contentOf("manifest.sha256")) },
    ];
    const root = Buffer.from(envelopeText(statementText(subjects, PREDICATES.bundle, predicate), ours));
    const made = new Map([
      ["manifest.json", manifest],
      ["manifest.dsse.json", root],
    ]);
    return sealed(
      { ...parts, files: parts.files.map(({ path, content }) => ({ path, content: made.get(path) ?? content })) },
      ours,
    );
  };
  const pem = parts.files.find(({ content }) => content.equals(Buffer.from(ours.publicPem)))?.path ?? "";
  return [
    { name: "sealed by a stranger", bytes: sealed(parts, theirs) },
    { name: "rooted by a stranger", bytes: sealed(rooted(parts, theirs), ours) },
    {
      name: "a stranger's key in its place",
      bytes: sealed(
        change(pem, () => Buffer.from(theirs.publicPem)),
        theirs,
      ),
    },
    {
      name: "a key that is none",
      bytes: sealed(
        text(pem, (key) => key.replace("MCow", "MCox")),
        ours,
      ),
    },
    {
      name: "two keys in one file",
      bytes: sealed(
        text(pem, (key) => key + key),
        ours,
      ),
    },
    {
      name: "an envelope with a space",
      bytes: sealed(
        text("manifest.dsse.json", (json) => json.replace("{", "{ ")),
        ours,
      ),
    },
    {
      name: "an envelope with a line",
      bytes: sealed(
        text("manifest.dsse.json", (json) => `${json}\n`),
        ours,
      ),
    },
    {
      name: "an envelope of nothing",
      bytes: sealed(
        text("manifest.dsse.json", () => ""),
        ours,
      ),
    },
    {
      name: "a list without its end",
      bytes: sealed(
        text("manifest.sha256", (list) => list.slice(0, -1)),
        ours,
      ),
    },
    said("another tag", (predicate) => ({ ...predicate, tag: "Conductor" })),
    said("no dry run", (predicate) => ({ ...predicate, dryRun: null })),
    said("more in the predicate", (predicate) => ({ ...predicate, more: 1 })),
    said("called incomplete", (predicate) => ({ ...predicate, completeness: "incomplete" })),
    said("called a dry run", (predicate) => ({ ...predicate, dryRun: true })),
    { name: "a manifest that is no JSON", bytes: badManifest((json) => json.slice(1)) },
    { name: "a manifest without items", bytes: badManifest(() => "{}") },
    { name: "a manifest that is a list", bytes: badManifest(() => "[]") },
    {
      name: "a manifest with another digest",
      bytes: badManifest((json) => json.replace(/"digest":"./, '"digest":"x')),
    },
    {
      name: "a manifest that says complete of less",
      bytes: badManifest((json) => json.replace('"complete"', '"incomplete"')),
    },
  ];
}

/** Mutants of an honest bundle, at least so many: none of them may be accepted under the key that it was sealed with. */
export function mutantsOf(
  bundle: Buffer,
  keys: { ours: Signer; theirs: Signer },
  seed: number,
  bits: number,
): Mutant[] {
  const next = chance(seed);
  return [
    ...turnedBits(bundle, next, bits),
    ...cutAndGrown(bundle, next, 8),
    ...wronglyMade(bundle, keys.ours, next),
    ...otherwiseSigned(bundle, keys.ours, keys.theirs),
    ...ledgerMutants(bundle, keys.ours),
  ];
}
