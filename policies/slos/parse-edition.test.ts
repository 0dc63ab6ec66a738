import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EDITIONS } from "@/server/slos/domain/slo";
import { slosOf } from ".";
import { parseEdition } from "./parse-edition";

const textOf = (name: string) => readFileSync(path.join(import.meta.dirname, `${name}.yaml`), "utf8");
const saas = textOf("saas");

const TARGETS = {
  internal: [990_000, 950_000, 990_000, 990_000, 990_000],
  "white-label": [995_000, 970_000, 995_000, 999_000, 999_000],
  saas: [999_000, 990_000, 999_000, 999_000, 999_000],
} as const;

describe("an edition's file of SLOs", () => {
  it.each(EDITIONS)("%s is what the product reads", (edition) => {
    expect(slosOf(edition)).toEqual(parseEdition(textOf(edition), `${edition}.yaml`));
    expect(slosOf(edition).slos.map(({ targetPpm }) => targetPpm)).toEqual(TARGETS[edition]);
  });

  it("says windows in minutes and shares in millionths", () => {
    const [success, , , control] = slosOf("white-label").slos;
    expect(success?.window).toEqual({ kind: "calendar", unit: "month", timeZone: "Etc/UTC" });
    expect(success?.alerts[0]).toEqual({
      ...{ id: "page-quick", severity: "page", budgetPercent: 2, longMinutes: 60, shortMinutes: 5 },
      guard: { confidencePpm: 999_000, minBad: 3 },
    });
    expect(control?.method).toEqual({ kind: "timeslices", sliceMinutes: 1, goodPpm: 950_000 });
    expect(success?.backstop).toEqual({ minBad: 3, budgetPercent: 25, windowMinutes: 4_320 });
  });

  it.each([
    ["99.9999", 999_999],
    ["0.0001", 1],
    ["93.1", 931_000],
    ["97", 970_000],
  ])("takes the objective %s %% without losing a digit", (objective, ppm) => {
    const alerts = /alerts:[^]*(?=\n# At ten)/;
    const single = saas
      .replace(/objective_percent: "[\d.]+"/g, `objective_percent: "${objective}"`)
      .replace(alerts, "alerts:\n  - { id: one, severity: page, budget_percent: 1, long: 3d, short: 1h }\n")
      .replace(/ {2}terms:[^]*(?= {2}credit_limit)/, "  terms: []\n");
    expect(parseEdition(single, "saas.yaml").slos[0]?.targetPpm).toBe(ppm);
  });

  const objective = (text: string) => saas.replace('objective_percent: "99.9"', `objective_percent: ${text}`);
  const alert = (from: string, to: string) => saas.replace(from, to);
  it.each([
    ["an objective of 100 %", objective('"100"'), "slos.0.objective_percent: must be below 100 %"],
    ["an objective of 0 %", objective('"0"'), "slos.0.objective_percent: must be above 0 %"],
    ["an objective of 100.0001 %", objective('"100.0001"'), "slos.0.objective_percent: must be below 100 %"],
    ["an objective that is a float", objective("99.9"), "slos.0.objective_percent: must be a text"],
    ["an objective with five decimals", objective('"99.99999"'), "slos.0.objective_percent: must be percent"],
    ["an unknown window", saas.replace("{ rolling: 30d }", "{ rolling: 31d }"), "slos.0.window.rolling: must be 7d"],
    [
      "a calendar without a time zone",
      saas.replace("{ rolling: 30d }", "{ calendar: month }"),
      "slos.0.window: must be { rolling",
    ],
    [
      "a time zone that there is not",
      saas.replace("{ rolling: 30d }", "{ calendar: month, time_zone: Mars/Olympus }"),
      "slos.0.window.time_zone: must be a time zone",
    ],
    [
      "an alert that can never fire",
      saas.replace('objective_percent: "99"', 'objective_percent: "93.0555"'),
      "alerts.0.budget_percent: can never fire for workflow-latency",
    ],
    [
      "two SLOs of one id",
      saas.replaceAll("policy-decision-latency", "workflow-success"),
      "slos.2.id: there is another",
    ],
    ["two alerts of one id", alert("id: page-slow", "id: page-quick"), "alerts.1.id: there is another page-quick"],
    ["an unknown SLI", saas.replace("sli: workflow-success", "sli: happiness"), "slos.0.sli: must be one of"],
    [
      "an SLO named after another SLI",
      saas.replace("sli: workflow-success", "sli: workflow-latency"),
      "slos.0.id: must be",
    ],
    ["an unknown field", saas.replace("    deadline: 2h", "    dead_line: 2h"), "slos.0"],
    ["no deadline", saas.replace("    deadline: 2h\n", ""), "slos.0.deadline: workflow-success needs one"],
    ["a deadline before the threshold", saas.replaceAll("deadline: 2h", "deadline: 30m"), "slos.1.deadline: is before"],
    ["a class without a threshold", saas.replace(", low: 3600000", ""), "slos.1.threshold_ms: workflow-latency needs"],
    [
      "an exclusion that is not made",
      saas.replaceAll("drill]", "drill, waiting]"),
      "slos.0.excludes: workflow-success does not",
    ],
    ["an exclusion unsaid", saas.replaceAll(", drill", ""), "slos.0.excludes: workflow-success leaves out drill"],
    [
      "windows the wrong way round",
      alert("long: 1h, short: 5m", "long: 5m, short: 1h"),
      "alerts.0.short: must be shorter",
    ],
    ["an unreadable duration", alert("short: 5m", "short: soon"), "alerts.0.short: must be a whole number"],
    [
      "a window of an alert beyond its period",
      saas.replace("{ rolling: 30d }", "{ rolling: 7d }").replace("long: 3d, short: 6h", "long: 8d, short: 6h"),
      "alerts.3.long: is longer than the window of workflow-success",
    ],
    [
      "a term that no SLO measures",
      saas.replace("- slo: workflow-success", "- slo: workflow-succes"),
      "sla.terms.0.slo",
    ],
    [
      "a term whose SLO is gone",
      saas.replace(/ {2}# A denial in time[^]*?(?= {2}# Kills)/, ""),
      "sla.terms.2.slo: no SLO of this edition measures policy-decision-latency",
    ],
    [
      "a credit where the objective is met",
      saas.replace('below_percent: "99.9", credit_percent: 10', 'below_percent: "99.95", credit_percent: 10'),
      "sla.terms.0.credits.2.below_percent: is owed although",
    ],
    [
      "credits in the wrong order",
      saas.replace('below_percent: "95", credit_percent: 50', 'below_percent: "99.5", credit_percent: 50'),
      "sla.terms.0.credits.1.below_percent: must be above",
    ],
  ])("with %s is refused, with its line and its path", (_what, text, named) => {
    expect(text).not.toBe(saas);
    expect(() => parseEdition(text, "saas.yaml")).toThrow(/^saas\.yaml:\d+: /);
    expect(() => parseEdition(text, "saas.yaml")).toThrow(named);
  });
});

it.each([
  // The golden boundaries of the factors 14.4, 6 and 3: an alert that needs all of the budget's rate never fires.
  ["93.0556", { budget_percent: 2, long: "1h" }, true],
  ["93.0555", { budget_percent: 2, long: "1h" }, false],
  ["83.3334", { budget_percent: 5, long: "6h" }, true],
  ["83.3333", { budget_percent: 5, long: "6h" }, false],
])("an objective of %s %% is within reach of %o: %s", (objective, { budget_percent, long }, isReachable) => {
  const file = `
edition: saas
version: 1
title: One
about: One SLO
slos:
  - id: workflow-success
    title: Runs that succeed
    sli: workflow-success
    objective_percent: "${objective}"
    window: { rolling: 30d }
    method: occurrences
    deadline: 2h
    excludes: [user-cancel, operator-kill, policy-denial, drill]
alerts: [{ id: one, severity: page, budget_percent: ${budget_percent}, long: ${long}, short: 5m }]
guard:
  page: { confidence_percent: "99.9", min_bad: 3 }
  ticket: { confidence_percent: "95", min_bad: 2 }
  backstop: { min_bad: 3, budget_percent: 25, over: 3d }
notify: { page: [on-call], ticket: [administrators] }
sla: { terms: [], credit_limit_percent: 0, claim_days: 30 }
`;
  const parse = () => parseEdition(file, "one.yaml");
  if (isReachable) expect(parse).not.toThrow();
  else expect(parse).toThrow("alerts.0.budget_percent: can never fire");
});
