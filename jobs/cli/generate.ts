import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import prettier from "prettier";
import { envExample, envTable } from "./generated/environment";
import { eventTable } from "./generated/events";
import { accessMatrix } from "./generated/access-matrix";
import { packsJson } from "./generated/packs";
import { limitTable } from "./generated/limits";
import { performanceTable } from "./generated/performance";
import { workflowDefinition } from "./generated/workflow-definition";
import { ROOT } from "./local-state";

/** Files that are made from code, so that readers see facts: name and text. */
const GENERATED: readonly { file: string; text: () => string }[] = [
  { file: "policies/generated/packs.json", text: packsJson },
  { file: ".env.example", text: envExample },
  { file: "docs/reference/environment.md", text: envTable },
  { file: "docs/reference/access-matrix.md", text: accessMatrix },
  { file: "docs/reference/events.md", text: eventTable },
  { file: "docs/reference/limits.md", text: limitTable },
  { file: "docs/reference/performance.md", text: performanceTable },
  { file: "docs/reference/workflow-definition.md", text: workflowDefinition },
];

async function formatted(file: string, text: string): Promise<string> {
  const parser = file.endsWith(".md") ? "markdown" : file.endsWith(".json") ? "json" : null;
  return parser === null ? text : prettier.format(text, { parser, printWidth: 120 });
}

const isCheck = process.argv.includes("--check");
const stale: string[] = [];
for (const { file, text } of GENERATED) {
  const wanted = await formatted(file, text());
  const full = path.join(ROOT, file);
  if (!isCheck) writeFileSync(full, wanted);
  else if (readFileSync(full, "utf8") !== wanted) stale.push(file);
}
if (stale.length > 0) {
  process.stderr.write(`Not what the code says any more: ${stale.join(", ")}. Run: npm run generate\n`);
  process.exitCode = 1;
}
