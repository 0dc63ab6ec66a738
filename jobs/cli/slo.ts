import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PackError } from "@/policies/packs/read-yaml";
import { slosOf } from "@/policies/slos";
import { compile, type Format, FORMATS } from "@/policies/slos/compile";
import { importOpenSlo } from "@/policies/slos/import-openslo";
import { parseEdition } from "@/policies/slos/parse-edition";
import { OpenSloError } from "@/policies/slos/read-openslo";
import { parseJson } from "@/server/kernel/json";
import { type Edition, EDITIONS } from "@/server/slos/domain/slo";
import { ROOT } from "./local-state";
import { answerCases, CaseError } from "./slo-cases";

const MOST_BYTES = 10_000_000;

const out = (text: string) => process.stdout.write(text);
const say = (text: string) => process.stderr.write(`${text}\n`);
const json = (value: unknown) => out(`${JSON.stringify(value)}\n`);

const isFormat = (name: string): name is Format => (FORMATS as readonly string[]).includes(name);
const isEdition = (name: string): name is Edition => (EDITIONS as readonly string[]).includes(name);

/** A file's text; null, with the reason told, where there is none or it is too large. */
function readText(file: string): string | null {
  if (!existsSync(file) || !statSync(file).isFile()) say(`${file} is no file.`);
  else if (statSync(file).size > MOST_BYTES) say(`${file} has more than ${MOST_BYTES} bytes.`);
  else return readFileSync(file, "utf8");
  return null;
}

interface CompileOptions {
  format: string;
  edition?: string | undefined;
  out?: string | undefined;
  json: boolean;
}

/** Prints an edition's SLOs, or those of all, for another program, or writes them into a folder; exit code 2 for wrong usage. */
export function runSloCompile({ format, edition, out: folder, json: isJson }: CompileOptions): number {
  if (!isFormat(format)) {
    say(`There is no format ${format}. There are ${FORMATS.join(", ")}.`);
    return 2;
  }
  if (edition !== undefined && !isEdition(edition)) {
    say(`There is no edition ${edition}. There are ${EDITIONS.join(", ")}.`);
    return 2;
  }
  const files = compile(format, (edition === undefined ? EDITIONS : [edition]).map(slosOf));
  if (folder === undefined) {
    if (isJson)
      json(files.length === 1 ? files[0]?.content : Object.fromEntries(files.map((f) => [f.name, f.content])));
    else out(files.map(({ text }) => text).join(format === "grafana" ? "" : "---\n"));
    return 0;
  }
  mkdirSync(folder, { recursive: true });
  const written = files.map(({ name, text }) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  });
  if (isJson) json({ format, files: written });
  else say(written.map((file) => `Wrote ${file}.`).join("\n"));
  return 0;
}

interface ImportOptions {
  edition: string;
  json: boolean;
}

/** Why a text is no edition's file, in words; null where it is one. */
function refusalOf(text: string, file: string): string | null {
  try {
    parseEdition(text, file);
    return null;
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    return error.message;
  }
}

/**
 * Prints an edition's file with the objectives of an OpenSLO file in it; exit code 1 where none can be taken, and where the
 * outcome would be refused as it stands, such as an objective below what its credits promise.
 */
export function runSloImport(file: string, { edition, json: isJson }: ImportOptions): number {
  if (!isEdition(edition)) {
    say(`There is no edition ${edition}. There are ${EDITIONS.join(", ")}.`);
    return 2;
  }
  const text = readText(file);
  if (text === null) return 1;
  try {
    const ours = path.join("policies", "slos", `${edition}.yaml`);
    const imported = importOpenSlo(text, readFileSync(path.join(ROOT, ours), "utf8"));
    const refused = refusalOf(imported.text, ours);
    if (isJson) json({ edition, refused, ...imported });
    else {
      out(imported.text);
      for (const { at, reason } of imported.warnings) say(`! ${at}: ${reason}`);
      say(`Taken: ${imported.taken.join(", ") || "nothing"}.`);
      if (refused !== null) say(`It is refused until that is mended: ${refused}`);
    }
    return imported.taken.length === 0 || refused !== null ? 1 : 0;
  } catch (error) {
    if (!(error instanceof OpenSloError)) throw error;
    say(`${file}: ${error.message}`);
    return 1;
  }
}

/** Answers questions of a file about burn rates, budgets and alerts; exit code 1 where it holds none that can be read. */
export function runSloEval({ input, json: isJson }: { input: string; json: boolean }): number {
  const text = readText(input);
  if (text === null) return 1;
  try {
    const answers = answerCases(parseJson(text));
    if (isJson) json(answers);
    else
      out(
        answers
          .map((a) => `${a.id}: ${"value" in a ? JSON.stringify(a.value) : `not answered, as ${a.unanswered}`}\n`)
          .join(""),
      );
    return 0;
  } catch (error) {
    const isExpected = error instanceof CaseError || error instanceof SyntaxError || error instanceof RangeError;
    if (!isExpected) throw error;
    say(`${input}: ${error.message}`);
    return 1;
  }
}
