import { describe, expect, it } from "vitest";
import { headersFromText, headersToText } from "./headers-text";

describe("headers as text", () => {
  it("come back as they were", () => {
    const headers = { accept: "application/json", "x-when": "10:30" };
    expect(headersFromText(headersToText(headers))).toEqual(headers);
  });

  it("forgive blank lines and a line that is not finished", () => {
    expect(headersFromText("\n accept :text/plain\n\nx-half")).toEqual({ accept: "text/plain", "x-half": "" });
  });
});
