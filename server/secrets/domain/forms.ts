import { VALUE_CHARS_MIN } from "./value";

const hexOf = (char: string) => char.charCodeAt(0).toString(16).padStart(4, "0");

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

/** Base64 of the bytes alone, and what of it stays the same inside the base64 of a longer text, at each of three places. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, "utf8");
  const whole = bytes.toString("base64");
  const within = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // Characters that share bits with a neighbour's byte differ from text to text.
    return text.slice(shift === 0 ? 0 : shift + 1, (shift + bytes.length) % 3 === 0 ? undefined : -1);
  });
  const forms = [whole, whole.replace(/=+$/, ""), ...within];
  return [...forms, ...forms.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"))];
}

function urlForms(text: string): string[] {
  const encoded = encodeURIComponent(text);
  const strict = encoded.replaceAll(/[!'()*]/g, (char) => `%${hexOf(char).slice(2)}`);
  return [encoded, strict, encoded.replaceAll("%20", "+"), strict.replaceAll("%20", "+")];
}

/** As the writers of JSON in use escape it, which differ in what they escape besides the must. */
function jsonForms(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const slashed = plain.replaceAll("/", "\\/");
  const escaped = [plain, slashed].flatMap((form) =>
    [/[^\x20-\x7e]/g, /[^\x20-\x7e]|[<>&]/g, /[^\x20-\x7e]|[<>&'+`]/g].map((asked) =>
      form.replaceAll(asked, (char) => `\\u${hexOf(char)}`),
    ),
  );
  // JSON inside a text of JSON is escaped twice.
  return [plain, slashed, ...escaped, JSON.stringify(plain).slice(1, -1)];
}

function markupForms(text: string): string[] {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = escaped.replaceAll('"', "&quot;");
  return [escaped, ...["&#39;", "&#039;", "&#x27;", "&apos;"].map((quote) => quoted.replaceAll("'", quote))];
}

/**
 * Every text by which a secret's value is recognised: itself and its base64, base64url, URL-encoded, JSON-escaped, markup
 * and hexadecimal forms. In which case letters are is for who compares to leave out of account.
 */
export function formsOf(value: string): string[] {
  const texts = [...spellings(value), ...insides(value)].filter((text) => text.length >= VALUE_CHARS_MIN);
  const forms = texts.flatMap((text) => {
    const written = [text, ...base64Forms(text)].flatMap((form) => [form, ...urlForms(form), ...jsonForms(form)]);
    return [...written, ...markupForms(text), Buffer.from(text, "utf8").toString("hex")];
  });
  return [...new Set(forms)];
}
