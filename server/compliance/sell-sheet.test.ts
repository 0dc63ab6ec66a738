import { describe, expect, it } from "vitest";
import { CONTROLS } from "@/policies/controls";
import { type ControlState, type ControlStatus, statusOf } from "./domain/status";
import { sellSheetMarkdown, sellSheetPdf } from "./sell-sheet";

const at = new Date("2026-06-30T12:34:00.000Z");
const seen = new Date("2026-06-30T01:00:00.000Z");
const status = (id: string, state: ControlState): ControlStatus => {
  const control = CONTROLS.controls.find((each) => each.id === id);
  if (control === undefined) throw new Error(`${id} is no control`);
  const nothing = statusOf(control, { facts: [], items: [], exceptions: [] }, at);
  const why = [{ factId: null, text: "probe: a secret reason", at: seen }];
  return { ...nothing, state, why, observedAt: state === "unknown" ? null : seen };
};
const STATUSES = [
  ...[status("MC-SC-02", "passing"), status("MC-AC-01", "passing"), status("MC-AC-02", "failing")],
  ...[status("MC-AC-05", "unknown"), status("MC-AC-10", "stale")],
];
const sheet = (statuses = STATUSES, tenant = "Acme") => sellSheetMarkdown(statuses, { tenant, at });
const part = (text: string, title: string) => text.split("\n## ").find((each) => each.startsWith(title)) ?? "";

describe("the sell-sheet", () => {
  it("says what is owned, what is supported and what is not shown, each as it stands and when it was seen", () => {
    const text = sheet();
    expect(part(text, "Owned, and held")).toContain(
      "| MC-AC-01 Tenants are walled off twice | CC6.1 | A.8.3, A.8.31 | holds | 2026-06-30 01:00 UTC |",
    );
    expect(part(text, "Supported via evidence")).toContain("MC-SC-02");
    for (const [id, word] of [
      ...[
        ["MC-AC-02", "does not hold"] as const,
        ["MC-AC-05", "unknown"] as const,
        ["MC-AC-10", "not seen lately"] as const,
      ],
    ])
      expect(part(text, "Not shown")).toMatch(new RegExp(`${id} .*${word}`));
    expect(text).toContain("- Owned: 2 controls (1 holds, 1 unknown)");
    expect(text).toContain("As they stood at 2026-06-30 12:34 UTC.");
  });

  it("claims nothing that does not hold, and nothing where nobody looked", () => {
    const gaps = STATUSES.map((each) => ({ ...each, state: "unknown" as const, observedAt: null }));
    expect(sheet(gaps)).not.toMatch(/\| holds \||## Owned|## Supported/);
    expect(sheet([])).not.toContain("| ---");
  });

  it("says what builds are, and that it is no certificate, without a superlative or why something fails", () => {
    const text = sheet();
    expect(text).toMatch(/SLSA build level 1, or 2 .* and not 3/);
    expect(text).toContain("MC-SC-02: Build level 1 to 2 at most");
    expect(text).toContain("no certificate");
    expect(text).not.toMatch(/\b(best|leading|most secure|world.class|guarantee|fully|certified|compliant)\b/i);
    expect(text).not.toContain("a secret reason");
  });

  it("lets no name open markup of its own", () => {
    expect(sheet(STATUSES, "A | <b>*x*</b>\n# B")).toContain("# Controls of A \\| \\<b\\>\\*x\\*\\</b\\> \\# B");
  });

  it("is the same PDF for the same states and moment, and another for others", async () => {
    const bytes = async (statuses: ControlStatus[]) =>
      Buffer.from(await sellSheetPdf(statuses, { tenant: "Acme", at })).toString("base64");
    const one = await bytes(STATUSES);
    expect(Buffer.from(one, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    expect(await bytes([...STATUSES].reverse())).toBe(one);
    expect(await bytes(STATUSES.slice(1))).not.toBe(one);
  });
});
