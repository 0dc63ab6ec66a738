import { describe, expect, it } from "vitest";
import { valueFault } from "./value";

describe("valueFault", () => {
  it.each(["hunter2!", "a".repeat(7_997) + "bcd", "-----BEGIN KEY-----\nMIIB\r\n-----END KEY-----", "pässwörd €"])(
    "accepts %.20j",
    (value) => {
      expect(valueFault(value)).toBeNull();
    },
  );

  it.each([
    ["", "at least 8"],
    ["short77", "at least 8"],
    ["ab".repeat(4_001), "at most 8000"],
    ["abababab", "4 different"],
    [" leading-space", "white space"],
    ["trailing-newline\n", "white space"],
    ["nul\u0000inside", "control"],
    ["escape\u001b[31m", "control"],
    ["half-\ud800-pair", "control"],
  ])("refuses %.20j without repeating it", (value, words) => {
    const fault = valueFault(value) ?? "";
    expect(fault).toContain(words);
    if (value !== "") expect(fault).not.toContain(value);
  });
});
