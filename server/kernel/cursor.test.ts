import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";

const id = `run_${"0".repeat(32)}`;
const cursorOf = (text: string) => Buffer.from(text, "utf8").toString("base64url");

describe("a cursor", () => {
  it("comes back as it was given out", () => {
    const at = new Date("2026-05-01T10:00:00.123Z");
    expect(decodeCursor(encodeCursor(at, id))).toEqual({ at, id });
  });

  it.each([
    "",
    "x",
    `never|${id}`,
    "2026-05-01T10:00:00Z|x",
    `+275760-09-13T00:00:00.000Z|${id}`,
    `-000001-01-01T00:00:00Z|${id}`,
  ])("is refused when it reads %j", (text) => {
    expect(() => decodeCursor(cursorOf(text))).toThrow(/not one that this list gave out/);
  });
});
