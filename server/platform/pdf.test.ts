import path from "node:path";
import { describe, expect, it } from "vitest";
import { pdfTable, renderPdf } from "./pdf";

const at = new Date("2026-01-02T03:04:00Z");
const content = [pdfTable(["What", "Dollars"], [{ cells: ["Support", "51.00"], isSum: true }])];

describe("a PDF", () => {
  it("has the same bytes for the same content and moment, and says which", async () => {
    const [one, other] = [
      await renderPdf({ title: "Margins", at, content }),
      await renderPdf({ title: "Margins", at, content }),
    ];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    const text = Buffer.from(one).toString("latin1");
    expect(text.startsWith("%PDF-")).toBe(true);
    expect(text).toContain("D:20260102030400Z");
    const later = await renderPdf({ title: "Margins", at: new Date(at.getTime() + 1_000), content });
    expect(Buffer.from(later).equals(Buffer.from(one))).toBe(false);
  });

  it.each([
    ["picture of the network", { image: "http://127.0.0.1:9/a.png" }],
    ["file of this machine", { image: path.resolve("docs", "images", "run-light.png") }],
  ])("takes in no %s", async (_what, picture) => {
    await expect(renderPdf({ title: "Margins", at, content: [picture] })).rejects.toThrow();
  });
});
