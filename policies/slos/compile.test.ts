import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { EDITIONS } from "@/server/slos/domain/slo";
import { slosOf } from ".";
import { compile, FORMATS } from "./compile";
import { dashboard } from "./grafana";
import { openSlo } from "./openslo";
import { ruleGroups } from "./prometheus";
import { readOpenSlo } from "./read-openslo";
import { BUDGET_LEFT, EVENTS } from "./series";

const rulesOf = (edition: (typeof EDITIONS)[number]) => ruleGroups(slosOf(edition)).flatMap(({ rules }) => rules);
const exprOf = (edition: (typeof EDITIONS)[number], name: string, slo: string) =>
  rulesOf(edition).find(
    (rule) => ("alert" in rule ? rule.alert : rule.record) === name && rule.labels["sloth_slo"] === slo,
  )?.expr;

it.each(FORMATS)("the same editions give the same bytes as %s", (format) => {
  const [once, again] = [compile(format, EDITIONS.map(slosOf)), compile(format, [...EDITIONS].reverse().map(slosOf))];
  expect(once).toEqual(again);
  for (const { text } of once) expect(text).not.toMatch(/\d{10}/);
});

it.each(["prometheus", "openslo"] as const)("what is written as %s reads as what it is", (format) => {
  for (const { text, content } of compile(format, EDITIONS.map(slosOf)))
    expect(format === "openslo" ? parseAllDocuments(text).map((one) => one.toJS() as unknown) : parse(text)).toEqual(
      content,
    );
});

describe("rules for Prometheus", () => {
  it.each([
    ["ConductorSloPageQuick", "workflow-success", "> 0.0144"],
    ["ConductorSloTicketSlow", "workflow-latency", "> 0.01"],
  ])("%s of %s compares with the exact bound %s", (alert, slo, bound) => {
    expect(exprOf("saas", alert, slo)).toContain(`${bound}\n`);
  });

  it("follow the length of the month where the window is one", () => {
    expect(exprOf("white-label", "ConductorSloPageQuick", "workflow-success")).toContain(
      "> 0.0024 * scalar(days_in_month())",
    );
    expect(exprOf("white-label", "ConductorSloTicketSlow", "workflow-success")).toContain("(1 / 6000) * scalar");
    expect(exprOf("white-label", "slo:period_burn_rate:ratio", "workflow-success")).toContain(BUDGET_LEFT);
  });

  it("record every series of every window that an alert or a dashboard of Sloth reads", () => {
    const recorded = new Set(rulesOf("saas").flatMap((rule) => ("record" in rule ? [rule.record] : [])));
    const read = rulesOf("saas").flatMap(({ expr }) => expr.match(/slo:[a-z_]+:[a-z0-9_]+/g) ?? []);
    for (const series of read) expect(recorded).toContain(series);
    for (const series of [
      "error_budget",
      "objective",
      "current_burn_rate",
      "period_burn_rate",
      "period_error_budget_remaining",
    ])
      expect(recorded).toContain(`slo:${series}:ratio`);
    expect([...recorded]).toEqual(
      expect.arrayContaining(["slo:time_period:days", "sloth_slo_info", "slo:sli_error:ratio_rate30d"]),
    );
  });

  it("know each rule by its labels", () => {
    const keys = rulesOf("saas").map((rule) =>
      JSON.stringify(["alert" in rule ? rule.alert : rule.record, rule.labels]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

it("the dashboard reads what the rules record or the product tells", () => {
  const recorded = new Set(rulesOf("saas").flatMap((rule) => ("record" in rule ? [rule.record] : [])));
  const known = [...recorded, EVENTS, BUDGET_LEFT, "conductor_slo_watermark_age_seconds", "ALERTS"];
  const { panels } = dashboard();
  for (const { targets } of panels)
    for (const { expr } of targets)
      for (const series of expr.match(/[A-Za-z_:]+[A-Za-z0-9_:]*(?=\{)|conductor_\w+/g) ?? [])
        expect(known).toContain(series);
  for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
});

describe("objects of OpenSLO", () => {
  it.each(EDITIONS)("of %s are what its schema asks for", (edition) => {
    const [file] = compile("openslo", [slosOf(edition)]);
    expect(readOpenSlo(file?.text ?? "")).toHaveLength(openSlo(slosOf(edition)).length);
  });

  it("name only objects of the same file", () => {
    const objects = openSlo(slosOf("saas"));
    const named = (kind: string) => objects.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
    for (const { kind, spec } of objects) {
      if (kind !== "SLO") continue;
      expect(named("SLI")).toContain(spec["indicatorRef"]);
      expect(named("Service")).toContain(spec["service"]);
      for (const policy of spec["alertPolicies"] as string[]) expect(named("AlertPolicy")).toContain(policy);
    }
  });

  it("say a decimal objective as it is", () => {
    const [file] = compile("openslo", [slosOf("saas")]);
    expect(file?.text).toContain("target: 0.999\n");
    expect(file?.text).toContain("threshold: 14.4\n");
  });
});
