import { execFile, execFileSync } from "node:child_process";
import path from "node:path";
import type { Verdict } from "../domain/format";

const FOLDER = path.join(process.cwd(), "server", "bundles", "verifiers");

/** The environment of this process, for a child of it. */
export const machine = (): NodeJS.ProcessEnv => process.env;

/** How each verifier is run. */
export const VERIFIERS = {
  mjs: [process.execPath, path.join(FOLDER, "verify.mjs")],
  py: ["python3", path.join(FOLDER, "verify.py")],
  sh: ["sh", path.join(FOLDER, "verify.sh")],
} as const;
export type VerifierName = keyof typeof VERIFIERS;

/** Whether programs can be run where there is no network at all. */
export const hasEmptyNetwork = (() => {
  try {
    execFileSync("unshare", ["-rn", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** Verdicts of one verifier over files, in their order, in an empty network where there is one; and its exit code. */
export function verdictsOf(
  name: VerifierName,
  files: readonly string[],
  trust?: string,
): Promise<{ verdicts: Verdict[]; code: number }> {
  const [program, script] = VERIFIERS[name];
  const asked = [program, script, "--json", ...(trust === undefined ? [] : ["--trust", trust]), ...files];
  const [command, ...args] = hasEmptyNetwork ? ["unshare", "-rn", ...asked] : asked;
  return new Promise((resolve, reject) => {
    execFile(command ?? "", args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      if (code !== 0 && code !== 1) reject(new Error(`${name}: ${stderr === "" ? (error?.message ?? "") : stderr}`));
      else
        resolve({
          verdicts: stdout
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as Verdict),
          code,
        });
    });
  });
}
