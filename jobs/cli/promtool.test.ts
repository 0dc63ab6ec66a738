import { afterEach, expect, it, vi } from "vitest";
import { findPromtool, promtoolConformance } from "./promtool";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What is said, and how it ends. */
function run(settings: Record<string, string>) {
  const said: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const code = promtoolConformance(settings);
  vi.restoreAllMocks();
  return { code, said: said.join("") };
}

it("is named as skipped where it is not installed", () => {
  expect(run({ PATH: "/nowhere" })).toEqual({
    code: 0,
    said: expect.stringContaining("skipped, as it is not installed") as string,
  });
});

it("fails where what is named is no promtool", () => {
  expect(findPromtool({ PROMTOOL_BIN: "/bin/false" })).toBe("/bin/false");
  const { code, said } = run({ PROMTOOL_BIN: "/bin/false" });
  expect(code).toBe(1);
  expect(said).toContain("✗ promtool, conductor-slo-saas.rules.yaml is read");
});
