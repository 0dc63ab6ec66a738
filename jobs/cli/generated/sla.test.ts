import { expect, it } from "vitest";
import { slosOf } from "@/policies/slos";
import type { Sli } from "@/server/slos/domain/sli";
import { slaSheet } from "./sla";

const saas = slosOf("saas");

it("says each objective, window, exclusion and credit as the file has it", () => {
  const sheet = slaSheet(saas);
  expect(sheet).toContain("| Runs that succeed | 99.9 % | the last 30 days |");
  expect(sheet).toContain(
    "those that succeeded within 5 min (standard), 30 min (bulk), 60 min (low priority) of their start",
  );
  expect(sheet).toContain("| Runs that succeed | 95 % | 50 % |");
  expect(sheet).toContain("runs that their own users cancelled");
  expect(slaSheet(slosOf("internal"))).toContain("None.");
});

it("refuses a term for which nothing is measured", () => {
  const happiness = saas.slos.map((slo) => (slo.id === "workflow-success" ? { ...slo, sli: "happiness" as Sli } : slo));
  expect(() => slaSheet({ ...saas, slos: happiness })).toThrow("the SLA promises workflow-success, and nothing");
  expect(() => slaSheet({ ...saas, slos: saas.slos.slice(1) })).toThrow(
    "the SLA promises workflow-success, and nothing",
  );
});
