import type { Content } from "pdfmake/interfaces";
import { dollars } from "@/app/_shared/pricing/dollars";
import type { Usage } from "@/server/pricing/domain/usage";
import { pdfTable } from "@/server/platform/pdf";
import { glanceHeads, glanceLines } from "./glance-lines";
import { guardrailLines } from "./guardrail-lines";
import { monthLines } from "./month-lines";
import type { Analysis } from "./shown";

const heading = (text: string): Content => ({ text, style: "heading" });
const signed = (points: number) => `${points > 0 ? "+" : ""}${points.toFixed(2)}`;

function inWords({ plan, runs, tasksPerRun, weightMilli, seats, addons, discountMilli }: Usage): string {
  const numbers = `${runs.toLocaleString("en-GB")} runs of ${tasksPerRun} tasks that weigh ${weightMilli / 1_000}`;
  const extras = addons.length === 0 ? "no add-on" : addons.join(" and ");
  return `This month: ${plan}, ${numbers}, ${seats} seats, ${extras}, a discount of ${discountMilli / 10} %.`;
}

function sensitivity({ months: [month] }: Analysis): Content[] {
  const told = month?.sensitivity ?? null;
  if (told === null) return [{ text: "The plan does not carry so much: there is no price and no margin.", bold: true }];
  const { notes, tornado, monteCarlo } = told;
  return [
    heading("What it says"),
    { ul: notes },
    heading("Guardrails"),
    pdfTable(["Guardrail", "Now", "Figures"], asCells(guardrailLines(told)), { isNumeric: false }),
    heading("One thing at a time, a fifth less and a fifth more"),
    pdfTable(
      ["Driver", "−20 %, points", "+20 %, points", "−20 %, $", "+20 %, $"],
      tornado.map(([name, ...moves]) => ({ cells: [name, ...moves.map(signed)] })),
    ),
    heading("Chance"),
    `Margin in ${monteCarlo.draws.toLocaleString("en-GB")} draws (seed ${monteCarlo.seed}): 5 % below ${monteCarlo.gmP5} %, half below ` +
      `${monteCarlo.gmP50} %, 95 % below ${monteCarlo.gmP95} %; the floor is ${monteCarlo.floor} %.`,
  ];
}

const asCells = (lines: readonly { name: string; cells: readonly unknown[]; isSum?: boolean }[]) =>
  lines.map(({ name, cells, isSum }) => ({ cells: [name, ...cells.map(String)], isSum }));

interface Shown {
  usage: Usage;
  names: readonly string[];
  analysis: Analysis;
}

/** The founders' page as the content of a PDF: the same lines, tables for charts. */
export function pricingDocument({ usage, names, analysis }: Shown): Content[] {
  const { months, unitCosts, breakEven, catalogue, licence } = analysis;
  return [
    { text: inWords(usage), style: "quiet" },
    heading("At a glance"),
    pdfTable(["A month", ...glanceHeads], asCells(glanceLines(months, names))),
    heading("Price, cost and margin"),
    pdfTable(["US dollars a month", ...names], asCells(monthLines(months))),
    ...sensitivity(analysis),
    heading("Where plans meet"),
    pdfTable(
      ["Plans", "From so many weighted tasks a month"],
      analysis.crossovers.map(({ from, to, wu }) => ({
        cells: [`${to} in place of ${from}`, wu?.toLocaleString("en-GB") ?? "never below the cap"],
      })),
    ),
    heading(`A White-Label licence, a year with ${licence.tenants.toLocaleString("en-GB")} tenants`),
    pdfTable(
      ["Support", "Licence", "Support", "In all"],
      licence.levels.map((each) => ({
        cells: [each.level, dollars(each.licence), dollars(each.support), dollars(each.total)],
      })),
    ),
    heading("What it is computed from"),
    pdfTable(
      ["Unit cost", "Value", "Unit", "Source", "Basis"],
      unitCosts.map(({ what, value, unit, source, basis }) => ({
        cells: [what, value.toLocaleString("en-GB"), unit, source, basis],
      })),
      { widths: ["*", "auto", "auto", "auto", "auto"], isNumeric: false },
    ),
    {
      text:
        `${breakEven.tenants ?? "No number of"} tenants pay for the platform, which costs ${dollars(breakEven.platformFixed * 100)} a month. ` +
        `Catalogue ${catalogue.version}, ${catalogue.hash}.`,
      ...{ style: "quiet", margin: [0, 8] },
    },
  ];
}
