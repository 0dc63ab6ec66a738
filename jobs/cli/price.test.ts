import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import golden from "@/server/pricing/domain/golden.json";
import { runPrice } from "./price";

const MONTH = {
  plan: "pro",
  runs: 15_000,
  tasksPerRun: 10,
  weightMilli: 1_600,
  seats: 25,
  addons: ["incident", "compliance"],
};

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the command prints, and how it ends. */
function run(asked: Parameters<typeof runPrice>[0]) {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  const code = runPrice(asked);
  vi.restoreAllMocks();
  return { code, out: out.join(""), err: err.join("") };
}

function fileWith(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "conductor-price-")), "months.json");
  writeFileSync(file, text);
  return file;
}

const json = (asked: Omit<Parameters<typeof runPrice>[0], "json">) => {
  const { code, out } = run({ ...asked, json: true });
  expect(code).toBe(0);
  return JSON.parse(out) as unknown;
};

describe("conductor price", () => {
  it.each(["small", "mid", "large"] as const)("answers the scenario %s by the names of the golden file", (scenario) => {
    const { monteCarlo, ...exact } = golden[scenario];
    expect(json({ scenario })).toMatchObject({
      ...exact,
      monteCarlo: { seed: 42, draws: 10_000, floor: monteCarlo.floor },
      riskGuardrail: scenario === "large" ? "warn" : "ok",
    });
    const { code, out } = run({ scenario, json: false });
    expect(code).toBe(0);
    expect(out).toContain(`$${(exact.list / 100).toFixed(2)}`);
    expect(out).toContain(`${(exact.gmBp / 100).toFixed(2)} % (ok)`);
  });

  it("answers all three, and after how many tenants it pays, where nothing is asked", () => {
    expect(json({})).toMatchObject({ small: { list: 11_800 }, large: { gp: 1_008_412 }, breakEven: golden.breakEven });
    expect(run({ json: false }).out).toContain("Break-even: 19 tenants");
  });

  it("answers an object with an object, and a list with a list in its order", () => {
    const { gmBp } = golden.mid;
    expect(json({ input: fileWith(JSON.stringify(MONTH)) })).toMatchObject({ gmBp });
    const beyond = { ...MONTH, plan: "standard" };
    expect(json({ input: fileWith(JSON.stringify([beyond, MONTH, golden.small.input])) })).toMatchObject([
      ...[{ guardrail: "upgrade_required" }, { gmBp }, { gmBp: golden.small.gmBp }],
    ]);
    expect(json({ input: fileWith(JSON.stringify(beyond)) })).toEqual({
      ...{ tasks: 150_000, wu: 240_000, guardrail: "upgrade_required" },
    });
    expect(json({ input: fileWith("[]") })).toEqual([]);
    expect(run({ input: fileWith(JSON.stringify(beyond)), json: false }).out).toContain("a larger plan is required");
  });

  it.each([
    ["not json", "{", "is no JSON"],
    ["a negative number", JSON.stringify({ ...MONTH, runs: -1 }), "runs must be a whole number from 0 to 100000000."],
    ["the second of two", JSON.stringify([MONTH, { ...MONTH, seats: 1.5 }]), "1.seats must be a whole number"],
    ["a field more", JSON.stringify({ ...MONTH, margin: 1 }), "margin"],
    ["null", "null", "expected object"],
    ["too many", JSON.stringify(Array.from({ length: 10_001 }, () => 1)), "more than 10000 months"],
  ])("refuses %s with its place, and prints nothing else", (_what, text, message) => {
    expect(run({ input: fileWith(text), json: true })).toMatchObject({ code: 1, out: "" });
    expect(run({ input: fileWith(text), json: true }).err).toContain(message);
  });

  it("refuses a file that is not there, a scenario that there is not, and both at once", () => {
    expect(run({ input: "/nowhere/at/all.json", json: false })).toMatchObject({ code: 1 });
    expect(run({ scenario: "constructor", json: false })).toMatchObject({ code: 2 });
    expect(run({ scenario: "small", input: "x", json: false })).toMatchObject({ code: 2 });
  });
});
