import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runSloCompile, runSloEval, runSloImport } from "./slo";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a command prints, and how it ends. */
function run(command: () => number) {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  const code = command();
  vi.restoreAllMocks();
  return { code, out: out.join(""), err: err.join("") };
}

const folder = () => mkdtempSync(path.join(tmpdir(), "conductor-slo-"));
function fileWith(text: string): string {
  const file = path.join(folder(), "input");
  writeFileSync(file, text);
  return file;
}

describe("slo compile", () => {
  it("prints one edition, as text or as one JSON document", () => {
    const text = run(() => runSloCompile({ format: "prometheus", edition: "saas", json: false }));
    expect(text.code).toBe(0);
    expect(text.out).toContain("record: slo:sli_error:ratio_rate5m");
    const json = run(() => runSloCompile({ format: "prometheus", edition: "saas", json: true }));
    expect(JSON.parse(json.out)).toHaveProperty("groups");
    expect(json.err).toBe("");
  });

  it("writes a file for each edition, and names them", () => {
    const out = folder();
    const { code, out: told } = run(() => runSloCompile({ format: "openslo", out, json: true }));
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      "conductor-slo-internal.openslo.yaml",
      "conductor-slo-saas.openslo.yaml",
      "conductor-slo-white-label.openslo.yaml",
    ]);
    expect((JSON.parse(told) as { files: string[] }).files).toHaveLength(3);
  });

  it("prints a dashboard that is JSON", () => {
    expect(JSON.parse(run(() => runSloCompile({ format: "grafana", json: false })).out)).toHaveProperty("panels");
  });

  it("says which formats and editions there are", () => {
    const format = run(() => runSloCompile({ format: "nagios", json: false }));
    expect([format.code, format.err]).toEqual([
      2,
      "There is no format nagios. There are prometheus, openslo, grafana.\n",
    ]);
    const edition = run(() => runSloCompile({ format: "openslo", edition: "gold", json: false }));
    expect([edition.code, edition.err]).toEqual([
      2,
      "There is no edition gold. There are internal, white-label, saas.\n",
    ]);
  });
});

describe("slo import", () => {
  it("prints the edition's file, and what it was warned of", () => {
    const out = folder();
    run(() => runSloCompile({ format: "openslo", edition: "saas", out, json: false }));
    const [name = ""] = readdirSync(out);
    const file = path.join(out, name);
    const taken = run(() => runSloImport(file, { edition: "saas", json: false }));
    expect(taken.code).toBe(0);
    expect(taken.out).toContain("version: 2");
    const lowered = fileWith(readFileSync(file, "utf8").replace("target: 0.999\n", "target: 0.99\n"));
    const refused = run(() => runSloImport(lowered, { edition: "saas", json: false }));
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("sla.terms.0.credits.2.below_percent: is owed although the objective is met");
    const json = run(() => runSloImport(lowered, { edition: "saas", json: true }));
    expect(JSON.parse(json.out)).toMatchObject({ edition: "saas", warnings: [] });
  });

  it("refuses what is no OpenSLO, with the place", () => {
    const { code, err } = run(() => runSloImport(fileWith("kind: SLO\n"), { edition: "saas", json: false }));
    expect([code, err]).toEqual([1, expect.stringContaining("object 1: apiVersion") as string]);
    expect(run(() => runSloImport("/no/such/file", { edition: "saas", json: false })).code).toBe(1);
    expect(run(() => runSloImport(fileWith(""), { edition: "gold", json: false })).code).toBe(2);
  });
});

describe("slo eval", () => {
  const asked = [{ id: "a", kind: "burn_rate", input: { good: 990, total: 1_000, target: 0.999 } }];

  it("answers in order, for people or for programs", () => {
    const input = fileWith(JSON.stringify([...asked, { id: "b", kind: "weather", input: {} }]));
    expect(run(() => runSloEval({ input, json: false })).out).toBe(
      "a: 10\nb: not answered, as there is no kind weather\n",
    );
    expect(JSON.parse(run(() => runSloEval({ input, json: true })).out)).toEqual([
      { id: "a", value: 10 },
      { id: "b", unanswered: "there is no kind weather" },
    ]);
  });

  it("refuses what it cannot read", () => {
    expect(run(() => runSloEval({ input: fileWith("{"), json: true }))).toMatchObject({ code: 1, out: "" });
    expect(run(() => runSloEval({ input: fileWith("{}"), json: true })).err).toContain("must hold a list of cases");
  });
});
