import { spawnSync } from "node:child_process";
import path from "node:path";
import { ROOT } from "./local-state";

/** Runs the very verifier that bundles carry; its exit code: 0, 1 where the bundle is refused, 2 where it cannot be read. */
export function runVerify(file: string, { trust, json }: { trust?: string; json: boolean }): number {
  const verifier = path.join(ROOT, "server", "bundles", "verifiers", "verify.mjs");
  // A name that begins with a dash is a file too.
  const named = [file, ...(trust === undefined ? [] : [trust])].map((name) => path.resolve(name));
  const [bundle, keys] = named;
  const options = [...(json ? ["--json"] : []), ...(keys === undefined ? [] : ["--trust", keys])];
  const { status } = spawnSync(process.execPath, [verifier, ...options, bundle ?? file], { stdio: "inherit" });
  return status ?? 1;
}
