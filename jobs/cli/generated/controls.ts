import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Control, ControlCatalogue } from "@/policies/controls";
import { parseArea } from "@/policies/controls/parse-area";
import { areaSchema } from "@/policies/controls/schema";
import { type Area, AREAS } from "@/server/compliance/domain/words";
import { digestJson } from "@/server/kernel/json";
import { ROOT } from "@/jobs/cli/local-state";

const written = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The catalogue as its files say it; a file with a fault stops it, with the line. */
function readControls(): ControlCatalogue {
  const areas = AREAS.map((area) => {
    const file = path.join("policies", "controls", `${area}.yaml`);
    return { area, ...parseArea(readFileSync(path.join(ROOT, file), "utf8"), file) };
  });
  const controls = areas.flatMap((area) => area.controls);
  const version = areas.reduce((sum, area) => sum + area.version, 0);
  return {
    version: `${version}-${digestJson(controls).replace("sha256:", "").slice(0, 8)}`,
    areas: Object.fromEntries(areas.map(({ area, title }) => [area, title])) as Record<Area, string>,
    controls,
  };
}

const row = ({ id, title, statement, stance, soc2, iso27001, owner, cadenceDays, probes, evidenceKinds }: Control) =>
  `| ${id} | **${title}.** ${statement} | ${stance} | ${soc2.join(", ")} | ${iso27001.join(", ")} | \`${owner}\` | ${cadenceDays} d | ${[...probes, ...evidenceKinds].map((name) => `\`${name}\``).join(", ")} |`;

function controlsTable(): string {
  const { version, areas, controls } = readControls();
  const owned = controls.filter(({ stance }) => stance === "owned").length;
  return [
    "# Controls",
    "",
    `Conductor Compliance Pack v1, catalogue ${version}: ${controls.length} controls, of which ${owned} are owned. Made of \`policies/controls\` by \`npm run generate\`.`,
    "",
    "Owned: a probe runs against the product and can find that the control does not hold. Supported: the product keeps evidence for whoever answers for it. Criteria are named by their ids; the sentences are ours. [How to read the view](../guides/evidence.md#how-to-read-a-state).",
    "",
    ...AREAS.flatMap((area) => {
      const own = controls.filter((control) => control.area === area);
      return [
        `## ${areas[area]}`,
        "",
        "| Id | Control | Stance | SOC 2 | ISO 27001:2022 | Owner | Shown anew | By |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ...own.map(row),
        "",
        ...own.flatMap(({ id, limits }) => (limits === null ? [] : [`${id}: ${limits}`, ""])),
      ];
    }),
  ].join("\n");
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

function controlsCsv(): string {
  const lines = readControls().controls.map((control) =>
    [
      ...[control.id, control.area, control.title, control.statement, control.stance],
      ...[control.soc2.join(" "), control.iso27001.join(" "), control.feature, control.workflow, control.owner],
      ...[String(control.cadenceDays), control.probes.join(" "), control.evidenceKinds.join(" "), control.limits ?? ""],
    ]
      .map(cell)
      .join(","),
  );
  const head =
    "id,area,title,statement,stance,soc2,iso27001,feature,workflow,owner,cadence_days,probes,evidence,limits";
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

/** What the product reads of the controls, the schema of their files, and what people read. */
export const controlData = (): { file: string; text: () => string }[] => [
  { file: "policies/generated/controls.json", text: () => written(readControls()) },
  {
    file: "policies/generated/schemas/controls.schema.json",
    text: () => written(z.toJSONSchema(areaSchema, { io: "input" })),
  },
  { file: "docs/reference/controls.md", text: controlsTable },
  { file: "docs/reference/controls.csv", text: controlsCsv },
];
