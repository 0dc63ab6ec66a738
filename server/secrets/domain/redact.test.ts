import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REDACTED, redactorOf } from "./redact";
import { valueFault } from "./value";

const VALUE = `k?y/"é'<+>&\\ 42\nx`;
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
const ascii = (text: string) =>
  text.replaceAll(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

describe("a redactor", () => {
  it.each<[string, (value: string) => string]>([
    ["as it is", (value) => value],
    ["on one line", (value) => value.replaceAll("\n", " ")],
    ["in capitals", (value) => value.toUpperCase()],
    ["as base64", base64],
    ["as base64 without its padding", (value) => base64(value).replace(/=+$/, "")],
    ["as base64url", (value) => Buffer.from(value, "utf8").toString("base64url")],
    ["as base64 in a URL", (value) => encodeURIComponent(base64(value))],
    ["as base64 in JSON that escapes slashes", (value) => base64(value).replaceAll("/", "\\/")],
    ["URL-encoded", encodeURIComponent],
    ["URL-encoded in lower case", (value) => encodeURIComponent(value).toLowerCase()],
    ["as a form sends it", (value) => new URLSearchParams({ v: value }).toString().slice(2)],
    ["JSON-escaped", (value) => JSON.stringify(value).slice(1, -1)],
    ["JSON-escaped with slashes", (value) => JSON.stringify(value).slice(1, -1).replaceAll("/", "\\/")],
    ["JSON-escaped to ASCII", (value) => ascii(JSON.stringify(value).slice(1, -1))],
    ["JSON-escaped in a URL", (value) => encodeURIComponent(JSON.stringify(value).slice(1, -1))],
    ["URL-encoded twice", (value) => encodeURIComponent(encodeURIComponent(value))],
    [
      "in a URL in JSON in a URL",
      (value) => encodeURIComponent(JSON.stringify(encodeURIComponent(value)).slice(1, -1)),
    ],
    ["with every character escaped", (value) => value.replaceAll(/[^]/gu, (char) => `&#${char.codePointAt(0) ?? 0};`)],
    ["with every octet escaped", (value) => Buffer.from(value, "utf8").toString("hex").replaceAll(/../g, "%$&")],
    ["JSON-escaped in base64", (value) => base64(JSON.stringify(value).slice(1, -1))],
    ["URL-encoded in base64", (value) => base64(encodeURIComponent(value))],
    ["JSON-escaped twice", (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ["in markup", (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["in hexadecimal", (value) => Buffer.from(value, "utf8").toString("hex")],
    ["with its bytes read as Latin-1", (value) => Buffer.from(value, "utf8").toString("latin1")],
    ["decomposed", (value) => value.normalize("NFD")],
  ])("takes a value out %s", (_how, write) => {
    expect(redactorOf([VALUE]).text(`a ${write(VALUE)} b`)).toBe(`a ${REDACTED} b`);
  });

  it.each(["", "u", "us", "user:", "user:p"])(
    "takes a value out of the base64 of a longer text, after %j",
    (before) => {
      const value = "correct-horse";
      const clean = redactorOf([value]).text(base64(`${before}${value} and more`));
      expect(clean).toContain(REDACTED);
      expect(Buffer.from(clean.replace(REDACTED, ""), "base64").toString("utf8")).not.toContain("horse");
    },
  );

  it("knows what is inside a value that is base64 itself, and the password in it", () => {
    const { text } = redactorOf([base64("robot:correct-horse")]);
    expect(text("robot:correct-horse | correct-horse | robot")).toBe(`${REDACTED} | ${REDACTED} | robot`);
  });

  it("takes out values that overlap or touch as one, whole", () => {
    expect(redactorOf(["abcdefgh1234", "1234ijklmnop"]).text("-abcdefgh1234ijklmnop-")).toBe(`-${REDACTED}-`);
    expect(redactorOf(["abcdefgh"]).text("abcdefghabcdefgh")).toBe(REDACTED);
  });

  it("looks at keys, texts and numbers of a JSON value, at every depth", () => {
    const { json } = redactorOf(["12345678", "secret-key"]);
    expect(json({ "a-secret-key": [{ deep: "x 12345678" }], count: 912345678, low: 7, none: null, yes: true })).toEqual(
      {
        [`a-${REDACTED}`]: [{ deep: `x ${REDACTED}` }],
        ...{ count: REDACTED, low: 7, none: null, yes: true },
      },
    );
  });

  it("changes nothing else", () => {
    const text = "İstanbul: secretkey %zz \\u12 &amp; 1234567";
    expect(redactorOf([]).text(text)).toBe(text);
    expect(redactorOf(["secret-key"]).text(text)).toBe(text);
    expect(redactorOf(["istanbul"]).text("İ ISTANBUL İ")).toBe(`İ ${REDACTED} İ`);
  });

  it("leaves no acceptable value standing, whatever is around it", () => {
    const values = fc
      .string({ minLength: 8, maxLength: 40, unit: "grapheme" })
      .filter((value) => valueFault(value) === null);
    fc.assert(
      fc.property(values, fc.string(), fc.string(), (value, before, after) => {
        fc.pre(!REDACTED.includes(value) && !`${before}${REDACTED}${after}`.includes(value));
        const { text, json } = redactorOf([value]);
        expect(text(`${before}${value}${after}`)).not.toContain(value);
        expect((json([`${before}${value}${after}`]) as string[])[0]).not.toContain(value);
      }),
    );
  });
});
