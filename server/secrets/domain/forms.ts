import { VALUE_CHARS_MIN } from "./value";

/** The texts that a value may have become on its way, before anybody encodes it. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value, "utf8");
  return [
    value,
    // A header is one line.
    value.replaceAll(/[\r\n]+/g, " "),
    value.replaceAll(/\r\n/g, "\n"),
    value.normalize("NFC"),
    value.normalize("NFD"),
    // Headers are read as Latin-1 by some and as UTF-8 by others.
    bytes.toString("latin1"),
    Buffer.from(value, "latin1").toString("utf8"),
  ];
}

/** What basic authentication and its kind hide in base64: the text inside, and what follows its first colon. */
function insides(value: string): string[] {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return [];
  const inside = Buffer.from(value, "base64").toString("utf8");
  if (/[\p{Cc}\ufffd]/u.test(inside)) return [];
  return [inside, inside.slice(inside.indexOf(":") + 1)];
}

/** The base64 of a text alone, and what of it stays the same inside that of a longer one, at each of three places. */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  const within = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // Characters that share bits with a neighbour's byte differ from text to text.
    return whole.slice(shift === 0 ? 0 : shift + 1, (shift + bytes.length) % 3 === 0 ? undefined : -1);
  });
  const alone = bytes.toString("base64");
  return [alone, alone.replace(/=+$/, ""), ...within];
}

/** A text as it stands in what is encoded as a whole: by itself, in JSON (as in a token's claims), in a URL. */
const contents = (text: string) => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)];

/**
 * Every text by which a secret's value is recognised once escapes are undone: itself and what its base64 and hexadecimal
 * forms are.
 */
export function formsOf(value: string): string[] {
  const texts = [...spellings(value), ...insides(value)].filter((text) => text.length >= VALUE_CHARS_MIN);
  const encoded = texts
    .flatMap(contents)
    .flatMap((text) => [...base64Forms(text), Buffer.from(text, "utf8").toString("hex")]);
  return [...new Set([...texts, ...encoded])];
}
