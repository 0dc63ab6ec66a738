import { spawnSync } from "node:child_process";
import path from "node:path";
import type { BUNDLE_TAGS, Verdict } from "@/server/bundles/domain/format";
import { ROOT } from "./local-state";

interface Expected {
  tenant?: string | undefined;
  tag?: (typeof BUNDLE_TAGS)[number] | undefined;
}

/** What a bundle is other than expected, in words; null where it is as expected. */
function differenceIn({ of }: Pick<Verdict, "of">, { tenant, tag }: Expected): string | null {
  if (tenant !== undefined && of?.tenant !== tenant)
    return `it is of ${of?.tenant ?? "nobody that could be told"}, not of ${tenant}`;
  if (tag !== undefined && of?.tag !== tag)
    return `it is tagged ${of?.tag ?? "in no way that could be told"}, not ${tag}`;
  return null;
}

/**
 * Runs the very verifier that bundles carry; its exit code: 0, 1 where the bundle is refused or is another than expected, 2 where it
 * cannot be read.
 */
export function runVerify(
  file: string,
  { trust, json, ...expected }: { trust?: string; json: boolean } & Expected,
): number {
  const verifier = path.join(ROOT, "server", "bundles", "verifiers", "verify.mjs");
  // A name that begins with a dash is a file too.
  const named = [file, ...(trust === undefined ? [] : [trust])].map((name) => path.resolve(name));
  const [bundle, keys] = named;
  const options = keys === undefined ? [] : ["--trust", keys];
  const verify = (...more: string[]) =>
    spawnSync(process.execPath, [verifier, ...more, ...options, bundle ?? file], { encoding: "utf8" });
  const { status, stdout, stderr } = verify(...(json ? ["--json"] : []));
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (status !== 0 || (expected.tenant === undefined && expected.tag === undefined)) return status ?? 1;
  const difference = differenceIn(JSON.parse(json ? stdout : verify("--json").stdout) as Verdict, expected);
  if (difference === null) return 0;
  process.stderr.write(`${file}: another bundle than expected: ${difference}\n`);
  return 1;
}
