import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { ContractPin } from "./schema";

/** Raise it when the generator writes something else from the same package. */
const GENERATOR = 1;

/** The folder of the installed SDK. */
export function sdkFolder(): string {
  // The package exports no package.json, and its entry for Node lies one folder deep.
  return path.dirname(path.dirname(createRequire(import.meta.url).resolve("stripe")));
}

/** The API version that the installed SDK sends, such as `2026-10-28.endive`. */
function sdkApiVersion(folder: string): string {
  const text = readFileSync(path.join(folder, "esm", "apiVersion.js"), "utf8");
  const version = /ApiVersion = '([^']+)'/.exec(text)?.[1];
  if (version === undefined) throw new Error("the SDK names no API version");
  return version;
}

/** SHA-256 over every file that the contract is read from, with its name: the lock file is not there in every checkout. */
function integrityOf(folder: string): string {
  const root = path.join(folder, "esm");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.(js|d\.ts)$/.test(name));
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(name).update(readFileSync(path.join(root, name)));
  return hash.digest("hex");
}

/** What the contract of the installed SDK is pinned to. */
export function contractPin(folder = sdkFolder()): ContractPin {
  return {
    openApiVersion: readFileSync(path.join(folder, "OPENAPI_VERSION"), "utf8").trim(),
    apiVersion: sdkApiVersion(folder),
    packageIntegrity: integrityOf(folder),
    generator: GENERATOR,
  };
}
