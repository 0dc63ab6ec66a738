import { describe, expect, it } from "vitest";
import { decodeForm } from "./form";

describe("a form", () => {
  it.each([
    ["plain names", "a=1&b=two+words", { a: "1", b: "two words" }],
    ["hashes", "a[b][c]=1&a[d]=2", { a: { b: { c: "1" }, d: "2" } }],
    ["lists by number", "items[0][price]=p&items[1][price]=q", { items: { 0: { price: "p" }, 1: { price: "q" } } }],
    ["lists without numbers", "expand[]=a&expand[]=b", { expand: { 0: "a", 1: "b" } }],
    ["escaped brackets", "a%5Bb%5D=1", { a: { b: "1" } }],
    ["an empty value (case 43)", "metadata=", { metadata: "" }],
  ])("decodes %s", (_, text, form) => {
    expect(JSON.parse(JSON.stringify(decodeForm(text)))).toEqual(form);
  });

  it.each([
    ["a value that is a hash too", "a=1&a[b]=2"],
    ["a hash that is a value too", "a[b]=2&a=1"],
    ["a name given twice", "a=1&a=2"],
    ["brackets that do not match", "a[b=1"],
    ["no name before the brackets", "[a]=1"],
    ["names without end", `a${"[b]".repeat(50)}=1`],
  ])("refuses %s", (_, text) => {
    expect(() => decodeForm(text)).toThrow(RangeError);
  });

  it("leaves the prototype of objects alone", () => {
    const form = decodeForm("__proto__[polluted]=1&constructor[prototype][polluted]=1");
    expect(Object.keys(form)).toEqual(["__proto__", "constructor"]);
    expect("polluted" in {}).toBe(false);
  });
});
