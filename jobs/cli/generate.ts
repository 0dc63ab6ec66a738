import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import prettier from "prettier";
import { envExample, envTable } from "./generated/environment";
import { eventTable } from "./generated/events";
import { flagBootstrap } from "./generated/flags";
import { accessMatrix } from "./generated/access-matrix";
import { controlData } from "./generated/controls";
import { packsJson } from "./generated/packs";
import { limitTable } from "./generated/limits";
import { performanceTable } from "./generated/performance";
import { policyConfiguration, policyData } from "./generated/policy-configuration";
import { planStatusTable } from "./generated/plan-status";
import { slaSheets } from "./generated/sla";
import { skuTable } from "./generated/skus";
import { sloData } from "./generated/slos";
import { workflowDefinition } from "./generated/workflow-definition";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { shippedBundleTexts } from "./bundle";
import { ROOT } from "./local-state";

/** Files that are made from code, so that readers see facts: name and text. */
const GENERATED: readonly { file: string; text: () => string }[] = [
  { file: "policies/generated/packs.json", text: packsJson },
  { file: "policies/generated/flags/bootstrap.json", text: flagBootstrap },
  { file: ".env.example", text: envExample },
  { file: "docs/reference/environment.md", text: envTable },
  { file: "docs/reference/access-matrix.md", text: accessMatrix },
  { file: "docs/reference/events.md", text: eventTable },
  { file: "docs/reference/limits.md", text: limitTable },
  { file: "docs/reference/performance.md", text: performanceTable },
  { file: "docs/reference/plan-status.md", text: planStatusTable },
  { file: "docs/reference/policy-configuration.md", text: policyConfiguration },
  ...policyData(),
  { file: "docs/reference/skus.md", text: skuTable },
  ...controlData(),
  ...sloData(),
  ...slaSheets(),
  { file: "docs/reference/workflow-definition.md", text: workflowDefinition },
];

/** What partners' bundles hold: byte for byte, as their hashes are over it. */
const OPA = path.join("policies", "generated", "opa");
const bundled = await Promise.all(
  GOVERNANCE_PROFILES.map(async (profile) =>
    Object.entries(await shippedBundleTexts(profile)).map(([name, text]) => ({
      file: path.join(OPA, profile, name),
      text: () => text,
    })),
  ),
);

async function formatted(file: string, text: string): Promise<string> {
  if (file.startsWith(OPA)) return text;
  const parser = file.endsWith(".md") ? "markdown" : file.endsWith(".json") ? "json" : null;
  return parser === null ? text : prettier.format(text, { parser, printWidth: 120 });
}

const isCheck = process.argv.includes("--check");
const stale: string[] = [];
for (const { file, text } of [...GENERATED, ...bundled.flat()]) {
  const wanted = await formatted(file, text());
  const full = path.join(ROOT, file);
  if (!isCheck) {
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, wanted);
  } else if (!existsSync(full) || readFileSync(full, "utf8") !== wanted) stale.push(file);
}
if (stale.length > 0) {
  process.stderr.write(`Not what the code says any more: ${stale.join(", ")}. Run: npm run generate\n`);
  process.exitCode = 1;
}
