import process from "node:process";
import { digestJson } from "@/server/kernel/json";
import { type EgressPolicy, egressPolicy } from "@/server/platform/egress-policy";
import { envSchema } from "@/server/platform/env";
import { adaptersOf } from "@/server/workflows/domain/adapters-of";
import { checkDefinition } from "@/server/workflows/domain/check-definition";
import { forbiddenTargets, targetsOf } from "@/server/workflows/domain/targets";
import { secretsOf } from "@/server/workflows/domain/secret-places";
import { type Candidate, definitionFiles, readDefinitions, UnreadableError } from "./definition-files";
import { definitionJsonSchema } from "./definition-schema";

/** The largest definition that is stored; a test compares it with what saving accepts. */
const MAX_DEFINITION_BYTES = 512 * 1024;

interface Fault {
  file: string;
  /** Where in what the file gives; empty for the file itself. */
  path: string;
  message: string;
}

interface Accepted {
  file: string;
  at: string;
  name: string;
  /** As the product shows it for the version that holds the same. */
  contentHash: string;
  secrets: string[];
  adapters: string[];
  hosts: string[];
}

interface Report {
  valid: boolean;
  definitions: Accepted[];
  faults: Fault[];
  /** What only a deployment can tell. */
  notChecked: string[];
}

const below = (at: string, path: string) => [at, path].filter((part) => part !== "").join(".");

function judge(file: string, { at, value }: Candidate, policy: EgressPolicy): Accepted | Fault[] {
  const fault = (path: string, message: string): Fault => ({ file, path: below(at, path), message });
  const checked = checkDefinition(value);
  if (!checked.isValid) return checked.issues.map(({ path, message }) => fault(path, message));
  const { definition } = checked;
  const faults = forbiddenTargets(definition, policy).map(({ path, message }) => fault(path, message));
  if (Buffer.byteLength(JSON.stringify(definition)) > MAX_DEFINITION_BYTES)
    faults.push(fault("", `is larger than ${MAX_DEFINITION_BYTES / 1_024} KiB`));
  if (faults.length > 0) return faults;
  const hosts = [
    ...new Set(
      targetsOf(definition)
        .filter(({ address }) => address === null)
        .map(({ host }) => host),
    ),
  ];
  const contentHash = digestJson(definition);
  const [secrets, adapters] = [secretsOf(definition), adaptersOf(definition)];
  return { file, at, name: definition.name, contentHash, secrets, adapters, hosts };
}

/** Runs what may find that something cannot be read, and keeps that as a fault. */
async function attempt<T>(file: string, faults: Fault[], read: () => T[] | Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    const isOfSystem = error instanceof Error && "syscall" in error;
    if (!isOfSystem && !(error instanceof UnreadableError)) throw error;
    faults.push({ file, path: "", message: isOfSystem ? `cannot be read: ${error.message}` : error.message });
    return [];
  }
}

function notChecked(definitions: readonly Accepted[]): string[] {
  const all = (of: (each: Accepted) => string[]) => [...new Set(definitions.flatMap(of))].sort().join(", ");
  const [secrets, hosts] = [all((each) => each.secrets), all((each) => each.hosts)];
  const adapters = all((each) => each.adapters);
  return [
    ...(secrets === "" ? [] : [`whether these secrets exist and may be sent where they are: ${secrets}`]),
    ...(adapters === "" ? [] : [`whether these adapters are registered, and part of the tenant's plan: ${adapters}`]),
    ...(hosts === "" ? [] : [`whether these hosts are on the public internet: ${hosts}`]),
    ...(definitions.some(({ file }) => /\.[cm]?ts$/.test(file)) ? ["types, which tsc checks"] : []),
    ...(definitions.length === 0 ? [] : ["who may author, review and publish what has these attributes"]),
  ];
}

/** Checks every definition of the files and folders, as saving does, and what they call against what is allowed. */
export async function validate(named: readonly string[], egressAllow: readonly string[]): Promise<Report> {
  const policy = egressPolicy(egressAllow);
  const [faults, definitions]: [Fault[], Accepted[]] = [[], []];
  const files = new Set<string>();
  for (const each of named)
    for (const file of await attempt(each, faults, () => definitionFiles(each))) files.add(file);
  for (const file of files)
    for (const candidate of await attempt(file, faults, () => readDefinitions(file))) {
      const verdict = judge(file, candidate, policy);
      if (Array.isArray(verdict)) faults.push(...verdict);
      else definitions.push(verdict);
    }
  return { valid: faults.length === 0, definitions, faults, notChecked: notChecked(definitions) };
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

function inWords({ definitions, faults, notChecked: open }: Report): string[] {
  const lines = [
    ...faults.map(({ file, path, message }) => `${file}:${path === "" ? "" : `${path}:`} ${message}`),
    ...definitions.map(
      ({ file, at, name, contentHash }) => `${file}:${at === "" ? "" : `${at}:`} ${name}, ${contentHash}`,
    ),
    `${count(definitions.length, "definition")} accepted, ${count(faults.length, "fault")}.`,
    ...open.map((what) => `Not checked offline: ${what}.`),
  ];
  // What authors wrote stands in these lines; it must not steer a terminal, or begin a line of its own.
  return lines.map((line) => line.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " "));
}

/** Waits until it is written: whoever calls ends the process next. */
const print = (text: string) => new Promise((resolve) => process.stdout.write(`${text}\n`, resolve));

const wrongUsage = (message: string) => {
  process.stderr.write(`${message}\n`);
  return 2;
};

/** Prints what is wrong with definitions, or their JSON Schema; exit code 1 when something is, 2 for wrong usage. */
export async function runValidate(
  files: readonly string[],
  options: { json: boolean; schema: boolean; egressAllow?: string },
): Promise<number> {
  if (options.schema !== (files.length === 0))
    return wrongUsage("Name the files or folders to check, or ask for --schema alone.");
  if (options.schema) {
    await print(JSON.stringify(definitionJsonSchema(), null, options.json ? undefined : 2));
    return 0;
  }
  const allowed = envSchema.shape.EGRESS_ALLOW.safeParse(options.egressAllow ?? process.env.EGRESS_ALLOW);
  if (!allowed.success)
    return wrongUsage(`What egress allows: ${allowed.error.issues.map(({ message }) => message).join("; ")}`);
  const report = await validate(files, allowed.data);
  await print(options.json ? JSON.stringify(report) : inWords(report).join("\n"));
  return report.valid ? 0 : 1;
}
