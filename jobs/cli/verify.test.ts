import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { composeSample } from "@/server/bundles/testing/sample";
import { runVerify } from "./verify";

const folder = mkdtempSync(path.join(tmpdir(), "verify-"));
const bundle = path.join(folder, "acme.zip");
beforeAll(() => composeSample(bundle));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The exit code, and what was said to whoever waits. */
function verified(file: string, expected: object, json = false) {
  const said: string[] = [];
  const [out, err] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((text) => said.push(String(text)) > 0),
  );
  const status = runVerify(file, { json, ...expected });
  out?.mockRestore();
  err?.mockRestore();
  return { status, said: said.join("") };
}

it("takes a bundle that is whole, and says what it is", () => {
  expect(verified(bundle, {})).toMatchObject({ status: 0, said: expect.stringContaining("of acme") as string });
});

it.each([
  ["of its tenant and tag", { tenant: "acme", tag: "Conductor Compliance" }, 0, /ok/],
  ["of another tenant", { tenant: "globex" }, 1, /it is of acme, not of globex/],
  [
    "of another tag",
    { tag: "Conductor_Internal_Audit" },
    1,
    /tagged Conductor Compliance, not Conductor_Internal_Audit/,
  ],
] as const)("holds it to being %s, where that is expected", (_, expected, status, words) => {
  for (const json of [false, true]) {
    const found = verified(bundle, expected, json);
    expect(found.status).toBe(status);
    expect(found.said).toMatch(words);
  }
});

it("answers 2 for what cannot be read, whatever is expected", () => {
  expect(verified(path.join(folder, "none.zip"), { tenant: "acme" }).status).toBe(2);
});
