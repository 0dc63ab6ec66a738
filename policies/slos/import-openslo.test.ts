import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EDITIONS } from "@/server/slos/domain/slo";
import { slosOf } from ".";
import { compile } from "./compile";
import { importOpenSlo } from "./import-openslo";
import { parseEdition } from "./parse-edition";

const editionText = (name: string) => readFileSync(path.join(import.meta.dirname, `${name}.yaml`), "utf8");
const saas = editionText("saas");

/** An SLO as another product would say it, with parts of its own. */
function foreign(change: (text: string) => string = (text) => text): string {
  return change(`
apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-workflow-success
spec:
  service: checkout
  indicator:
    metadata: { name: checkout }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: good } } }
        total: { metricSource: { type: Prometheus, spec: { query: total } } }
  timeWindow:
    - { duration: 4w, isRolling: true }
  budgetingMethod: Occurrences
  objectives:
    - { target: 0.9995 }
  alertPolicies: [fast]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: fast }
spec:
  alertWhenBreaching: true
  alertWhenResolved: false
  alertWhenNoData: false
  conditions:
    - kind: AlertCondition
      metadata: { name: fast }
      spec:
        severity: page
        condition: { kind: burnrate, op: gt, threshold: 13.44, lookbackWindow: 1h, alertAfter: 1m }
  notificationTargets: [{ targetRef: on-call }]
`);
}

const imported = (text: string) => importOpenSlo(text, saas);
const warned = (text: string) =>
  imported(text)
    .warnings.map(({ at, reason }) => `${at}: ${reason}`)
    .join("\n");
const firstOf = (text: string) => parseEdition(imported(text).text, "saas.yaml").slos[0];

it.each(EDITIONS)("what %s is exported as comes back as it was, without a warning", (edition) => {
  const [file] = compile("openslo", [slosOf(edition)]);
  const back = importOpenSlo(file?.text ?? "", editionText(edition));
  expect(back.warnings).toEqual([]);
  expect(parseEdition(back.text, "back.yaml")).toEqual({ ...slosOf(edition), version: "2" });
});

it("puts the objective, the window and the alerts of another product into an edition's file, whose comments stay", () => {
  const { text, taken } = imported(foreign());
  expect(taken).toEqual(["workflow-success"]);
  expect(text).toContain("# Kills and evidence are rare");
  const slo = parseEdition(text, "saas.yaml").slos[0];
  expect(slo).toMatchObject({ targetPpm: 999_500, window: { kind: "rolling", days: 28 } });
  expect(slo?.alerts).toMatchObject([
    { id: "fast", severity: "page", budgetPercent: 2, longMinutes: 60, shortMinutes: 5 },
  ]);
});

describe("warns about what it cannot hold:", () => {
  it.each([
    [
      "a calendar month that is written as a minute",
      (text: string) =>
        text.replace(
          "{ duration: 4w, isRolling: true }",
          '{ duration: 1m, calendar: { startTime: "2026-01-01 00:00:00", timeZone: Europe/Berlin } }',
        ),
      "1m is one minute; a month is written 1M, and that is taken",
    ],
    [
      "a month that begins at noon",
      (text: string) =>
        text.replace(
          "{ duration: 4w, isRolling: true }",
          '{ duration: 1M, calendar: { startTime: "2026-01-01 12:00:00", timeZone: Europe/Berlin } }',
        ),
      "months begin on the first at midnight",
    ],
    ["a rolling minute", (text: string) => text.replace("4w", "1m"), "1m is one minute; a month is written 1M"],
    ["a rolling month", (text: string) => text.replace("4w", "1M"), "30d is taken"],
    ["a quarter", (text: string) => text.replace("4w", "1Q"), "no window here is like 1Q"],
    [
      "months to look back",
      (text: string) => text.replace("lookbackWindow: 1h", "lookbackWindow: 5M"),
      "5M has no fixed length",
    ],
    ["a comparison the wrong way round", (text: string) => text.replace("op: gt", "op: lte"), "op lte is taken as gt"],
    ["a wait", (text: string) => text.replace("alertAfter: 1m", "alertAfter: 5m"), "alertAfter 5m is not held"],
    ["one window only", (text: string) => text, "a twelfth of it is taken"],
    [
      "a severity of another house",
      (text: string) => text.replace("severity: page", "severity: sev1"),
      "severity sev1 is taken as ticket",
    ],
    ["queries", (text: string) => text, "the indicator's queries are not held"],
    ["an odd factor", (text: string) => text.replace("13.44", "13.4"), "no whole hundredth"],
    [
      "several objectives",
      (text: string) => text.replace("- { target: 0.9995 }", "- { target: 0.9995 }\n    - { target: 0.99 }"),
      "has 2 objectives",
    ],
    [
      "a threshold of a metric",
      (text: string) => text.replace("{ target: 0.9995 }", "{ op: lte, value: 200, target: 0.9995 }"),
      "thresholds of metrics",
    ],
    [
      "another method",
      (text: string) => text.replace("Occurrences", "RatioTimeslices"),
      "the method RatioTimeslices is not held",
    ],
    [
      "an SLI that there is not",
      (text: string) => text.replace("checkout-workflow-success", "checkout-speed"),
      "none of this product's SLIs",
    ],
    [
      "a policy that is not there",
      (text: string) => text.replace("[fast]", "[slow]"),
      "the alert policy slow or its condition is not in the file",
    ],
  ])("%s", (_what, change, words) => {
    expect(warned(foreign(change))).toContain(words);
  });
});

describe("takes what may be said in two ways alike:", () => {
  it("percent", () => {
    expect(firstOf(foreign((text) => text.replace("target: 0.9995", "targetPercent: 99.95")))?.targetPpm).toBe(999_500);
  });
  it("a policy by reference, and a condition by reference", () => {
    const byReference = foreign((text) => text.replace("[fast]", "[{ alertPolicyRef: fast }]"));
    expect(firstOf(byReference)?.alerts[0]?.id).toBe("fast");
  });
  it("slices by a number of minutes", () => {
    const slices = foreign((text) =>
      text
        .replace("Occurrences", "Timeslices")
        .replace("{ target: 0.9995 }", "{ target: 0.9995, timeSliceTarget: 0.99, timeSliceWindow: 1 }"),
    );
    expect(firstOf(slices)?.method).toEqual({ kind: "timeslices", sliceMinutes: 1, goodPpm: 990_000 });
  });
});

describe("refuses, with the place:", () => {
  it.each([
    [
      "an older version",
      foreign().replace("openslo/v1", "openslo/v1alpha"),
      "object 1: apiVersion: must be openslo/v1",
    ],
    [
      "two ways to say the target",
      foreign().replace("target: 0.9995", "target: 0.9995, targetPercent: 99.95"),
      "object 1: spec.objectives.0: must have one of",
    ],
    [
      "two windows",
      foreign().replace("    - { duration: 4w", "    - { duration: 1d, isRolling: true }\n    - { duration: 4w"),
      "object 1: spec.timeWindow",
    ],
    ["what is no YAML", "a: [", "object 1: "],
    [
      "a duration without a unit",
      foreign().replace("lookbackWindow: 1h", "lookbackWindow: 60"),
      "object 2: spec.conditions.0",
    ],
  ])("%s", (_what, text, named) => {
    expect(() => imported(text)).toThrow(named);
  });

  it("an objective that nobody could keep, as any file is refused for it", () => {
    expect(() => firstOf(foreign((text) => text.replace("0.9995", "1.5")))).toThrow("objective_percent");
    expect(() => firstOf(foreign((text) => text.replace("0.9995", "0.99999999")))).toThrow("objective_percent");
    expect(() => firstOf(foreign((text) => text.replace("threshold: 13.44", "threshold: 900")))).toThrow(
      "budget_percent",
    );
  });
});
