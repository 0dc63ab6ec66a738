import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ruleGroups } from "@/policies/slos/prometheus";
import { slosOf } from "@/policies/slos";
import { CHECKS } from "@/server/audits/domain/check";
import { PROBES } from "@/server/compliance/domain/words";
import { ALERTS, gapRunbook, NEWS, newsRunbook, runbookHref, sloRunbook } from "@/server/guides/domain/alerts";
import { TRICKLE } from "@/server/slos/domain/judge-slo";
import { SLIS } from "@/server/slos/domain/sli";
import { EDITIONS } from "@/server/slos/domain/slo";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const found = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort();
const known = Object.entries<readonly string[]>(ALERTS);

/** Runbooks for what people begin, and no alert asks for. */
const PROCEDURES = ["disaster-recovery"];

const HEADINGS = ["What it means", "Who is hurt", "First look", "What to do", "It is over when", "See also"];

describe("an alert", () => {
  it("has its runbook, and each runbook its alert", () => {
    const written = found("docs/runbooks/*.md").map((file) => path.basename(file, ".md"));
    expect(written.filter((name) => !PROCEDURES.includes(name))).toEqual(known.map(([name]) => name).sort());
  });

  it.each(known)("%s is told by its runbook from what it means to when it is over", (name, parts) => {
    const text = read(`docs/runbooks/${name}.md`);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    expect([...text.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading).sort()).toEqual([...parts].sort());
    for (const level of [/^## .+$/m, /^#{2,3} .+$/m])
      for (const part of text
        .replace(/^(## .+)\n\n(?=### )/gm, level.source.includes("{") ? "" : "$1\n\n")
        .split(level)
        .slice(1))
        expect(part.trim()).not.toBe("");
  });
});

describe("the list of alerts is that of the code, where an alert is raised", () => {
  it.each(EDITIONS.flatMap((edition) => slosOf(edition).slos.map((slo) => [edition, slo] as const)))(
    "by %s, for $id",
    (_, { sli, alerts }) => {
      for (const { id } of alerts) expect(ALERTS[`slo-${sli}`]).toContain(id);
    },
  );

  it("by an objective, with no rule that no edition has", () => {
    const rules = EDITIONS.flatMap((edition) =>
      slosOf(edition).slos.flatMap(({ alerts }) => alerts.map(({ id }) => id)),
    );
    for (const sli of SLIS) expect([...ALERTS[`slo-${sli}`]].sort()).toEqual([...new Set([...rules, TRICKLE])].sort());
  });

  it("by Prometheus, which names the part of the runbook", () => {
    const rules = EDITIONS.flatMap((edition) => ruleGroups(slosOf(edition)).flatMap((group) => group.rules));
    const named = rules.flatMap((rule) => ("alert" in rule ? [String(rule.annotations.runbook)] : []));
    const written = known.flatMap(([name, parts]) => [name, ...parts.map((part) => `${name}.md#${part}`)]);
    expect(named.length).toBeGreaterThan(0);
    for (const runbook of named)
      expect(written).toContain(runbook.replace(/^docs\/runbooks\//, "").replace(/\.md$/, ""));
    const watched = named.filter((runbook) => !runbook.includes("#")).map((file) => path.basename(file, ".md"));
    expect([...new Set(watched)].sort()).toEqual(["slo-drift", "slo-late", "slo-no-data"]);
  });

  it("by an audit, with every probe", () => {
    expect(known.filter(([name]) => name.startsWith("audit-")).map(([name]) => name)).toEqual(
      CHECKS.map(({ id }) => `audit-${id}`),
    );
    for (const probe of PROBES) expect(gapRunbook(probe)).toMatch(new RegExp(`#${probe}$`));
    expect(gapRunbook("MC-BR-01")).toBe("/docs/runbooks/audit-supported-controls");
  });

  it("by readiness", () => {
    const checks = /checks: Record<([^,]+), Check>/.exec(read("server/health/check-health.ts"))?.[1] ?? "";
    const names = [...checks.matchAll(/"(\w+)"/g)].map(([, name]) => `ready-${name ?? ""}`);
    expect(known.map(([name]) => name).filter((name) => name.startsWith("ready-"))).toEqual(names);
  });

  it("by what people are told of in the app, alert or not", () => {
    const code = [...found("server/notifications/*.ts"), ...found("jobs/**/*.ts")].filter(
      (file) => !file.includes(".test."),
    );
    const told = code.flatMap((file) =>
      [...read(file).matchAll(/dedupe: `([a-z_]+)\.([a-z_]+|\$\{name\}|\$\{news\})[:`]/g)].map(
        ([, noun = "", turn = ""]) => (turn.startsWith("$") ? noun : `${noun}.${turn}`),
      ),
    );
    expect([...new Set(told)].sort()).toEqual(Object.keys(NEWS).sort());
  });
});

it.each([
  ["access_review.overdue-2:arv_1", "/docs/runbooks/access-review#overdue"],
  ["billing.noticed:card-expiring:cus_1:2026-11", "/docs/runbooks/billing-noticed#card-expiring"],
  ["break_glass.asked:bgg_1", "/docs/runbooks/break-glass#asked"],
  ["incident.opened:inc_1", "/docs/runbooks/incident-opened"],
  ["finding.overdue:fnd_1:2026-01-01T00:00:00.000Z:0", "/docs/runbooks/finding-overdue"],
  ["workflow.submitted:wfv_1:sha256:0", null],
  ["something.new:1", null],
])("what keeps %s from being told twice names the runbook %s", (dedupe, href) => {
  expect(newsRunbook(dedupe)).toBe(href);
});

it("names the part of a rule, and the page alone where there is none", () => {
  expect(sloRunbook("workflow-success", "page-quick")).toBe("/docs/runbooks/slo-workflow-success#page-quick");
  expect(sloRunbook("workflow-success", "unheard-of")).toBe("/docs/runbooks/slo-workflow-success");
  expect(runbookHref("drift-found", "process")).toBe("/docs/runbooks/drift-found#process");
});
