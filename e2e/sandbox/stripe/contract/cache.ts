import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { contractPin, sdkFolder } from "./pin";
import type { Contract } from "./schema";

function fileFor(): string {
  const sdk = sdkFolder();
  const key = createHash("sha256")
    .update(JSON.stringify(contractPin(sdk)))
    .digest("hex")
    .slice(0, 32);
  return path.join(path.dirname(sdk), ".cache", "billing-sandbox", `contract-${key}.json`);
}

/** What was generated before on this machine, or null; it needs no TypeScript. */
function cachedContract(): Contract | null {
  const file = fileFor();
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Contract) : null;
}

/** The contract of the installed SDK, generated when this machine has none for it: some seconds, and TypeScript. */
export async function loadContract(): Promise<Contract> {
  const cached = cachedContract();
  if (cached !== null) return cached;
  const { generateContract } = await import("./generate");
  const contract = generateContract();
  const file = fileFor();
  mkdirSync(path.dirname(file), { recursive: true });
  // Several test processes may write it at once: each renames a whole file into place.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(contract));
  renameSync(own, file);
  return contract;
}
