import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** What is looked for in a folder, and what may be named by itself. */
const IN_FOLDERS = /\.workflow\.(json|[cm]?[jt]s)$/;
const ANY = /\.(json|[cm]?[jt]s)$/;
/** Folders that hold other people's files. */
const SKIPPED = /^(node_modules|\..+)$/;
/** How long a file may take to load, in milliseconds: one that waits for the network or for ever is refused. */
const LOAD_MS = 30_000;

/** What a file gives for a definition, as the JSON it would be sent as. */
export interface Candidate {
  /** Where it is among what the file gives, such as `1` in a list or the name of an export; empty for the only one. */
  at: string;
  value: unknown;
}

/** A file, folder or definition that cannot be read, in words for its author. */
export class UnreadableError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "UnreadableError";
  }
}

const inWords = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ").trim();

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : filesBelow(full);
      return IN_FOLDERS.test(entry.name) ? [full] : [];
    })
    .sort();
}

/** The files that a path means: itself, or all `*.workflow.*` below a folder. Throws as `readDefinitions` does. */
export function definitionFiles(named: string): string[] {
  const found = statSync(named, { throwIfNoEntry: false });
  if (found === undefined) throw new UnreadableError("there is no such file or folder");
  if (!found.isDirectory()) {
    if (!ANY.test(named)) throw new UnreadableError("is neither .json nor .ts, .mts, .cts, .js, .mjs or .cjs");
    return [named];
  }
  const files = filesBelow(named);
  if (files.length === 0) throw new UnreadableError("the folder holds no *.workflow.ts, .js, .mjs or .json");
  return files;
}

/**
 * Runs a module and gives its exports. It may not end the process, and what it prints goes to stderr: stdout is ours,
 * and a file that says "exit 0" is not a definition that was checked.
 */
async function exportsOf(file: string, patienceMs: number): Promise<Record<string, unknown>> {
  const exit = process.exit.bind(process);
  const write = process.stdout.write.bind(process.stdout);
  process.exit = () => {
    throw new UnreadableError("it calls process.exit");
  };
  process.stdout.write = process.stderr.write.bind(process.stderr);
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new UnreadableError(`it takes longer than ${patienceMs} ms`)), patienceMs);
    });
    const module = import(pathToFileURL(path.resolve(file)).href) as Promise<Record<string, unknown>>;
    return await Promise.race([module, late]);
  } finally {
    clearTimeout(timer);
    process.exit = exit;
    process.stdout.write = write;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isDefinition = (value: unknown) => isObject(value) && !Array.isArray(value) && "steps" in value;
const looksRight = (value: unknown) =>
  isDefinition(value) || (Array.isArray(value) && value.length > 0 && value.every(isDefinition));

/** What a module exports for definitions: its default, whatever it is, and each other export that looks like some. */
function exported(module: Record<string, unknown>): [string, unknown][] {
  // What was compiled to CommonJS comes as the default of its namespace, with a default of its own.
  const inner = module.default;
  const names = isObject(inner) && inner.__esModule === true ? inner : module;
  const chosen = Object.entries(names).filter(
    ([name, value]) => name === "default" || (name !== "module.exports" && looksRight(value)),
  );
  const seen = new Set<unknown>();
  return chosen.filter(([, value]) => !seen.has(value) && seen.add(value)).map(([name, value]) => [name, value]);
}

function asSent(value: unknown, at: string): Candidate {
  const what = at === "" ? "it" : at;
  if (["function", "symbol", "undefined"].includes(typeof value))
    throw new UnreadableError(`${what} is not JSON, but ${typeof value}`);
  try {
    return { at, value: JSON.parse(JSON.stringify(value)) as unknown };
  } catch (error) {
    throw new UnreadableError(`${what} is not JSON: ${inWords(error)}`, { cause: error });
  }
}

/** One or a list, each with its place. */
function eachOf(value: unknown, at: string): Candidate[] {
  if (!Array.isArray(value)) return [asSent(value, at)];
  return value.map((each, nth) => asSent(each, at === "" ? String(nth) : `${at}.${nth}`));
}

function fromJson(file: string): Candidate[] {
  const text = readFileSync(file, "utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UnreadableError(`is not JSON: ${inWords(error)}`, { cause: error });
  }
  return eachOf(value, "");
}

async function fromModule(file: string, patienceMs: number): Promise<Candidate[]> {
  let module: Record<string, unknown>;
  try {
    module = await exportsOf(file, patienceMs);
  } catch (error) {
    const isOurName = /Cannot find (package|module) 'maestro-conductor/.test(inWords(error));
    const hint = isOurName ? "; link it there with: npm install --save-dev <folder of the checkout>" : "";
    throw new UnreadableError(`cannot be loaded: ${inWords(error)}${hint}`, { cause: error });
  }
  return exported(module).flatMap(([name, value]) => eachOf(value, name === "default" ? "" : name));
}

/** Every definition of a file. A module is run for it, as whoever asks. Throws UnreadableError, or what the system says. */
export async function readDefinitions(file: string, patienceMs = LOAD_MS): Promise<Candidate[]> {
  const found = file.endsWith(".json") ? fromJson(file) : await fromModule(file, patienceMs);
  if (found.length === 0) throw new UnreadableError("holds no definition; export one as its default");
  return found;
}
