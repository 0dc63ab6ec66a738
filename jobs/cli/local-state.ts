import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "..", "..");

/** The commit that lies here, shortened; undefined outside of a repository. */
export function gitRevision(): string | undefined {
  const git = spawnSync("git", ["rev-parse", "--short=12", "HEAD"], { cwd: ROOT, encoding: "utf8" });
  return git.status === 0 ? git.stdout.trim() : undefined;
}

/** The deployment's folder, absolute. */
function homeFolder(): string {
  return path.resolve(ROOT, process.env.CONDUCTOR_HOME ?? ".conductor");
}

/** The generated master secret of a demo or local deployment: made once, readable by its owner only. */
function localSecret(home: string): string {
  const file = path.join(home, "secret");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const secret = randomBytes(48).toString("base64");
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

/**
 * Completes the environment of a deployment that runs from this folder, before anything reads it: mode, home, secret.
 * What is set stays; production gets nothing made up.
 */
export function completeEnvironment(defaultMode: "demo" | "local"): void {
  process.env.CONDUCTOR_MODE ??= defaultMode;
  const home = homeFolder();
  process.env.CONDUCTOR_HOME = home;
  if (process.env.CONDUCTOR_MODE === "production") return;
  mkdirSync(home, { recursive: true });
  // The user postgres passes through this folder to its data; it may not list it.
  chmodSync(home, 0o711);
  process.env.CONDUCTOR_SECRET ??= localSecret(home);
  process.env.CONDUCTOR_PUBLIC_URL ??= `http://localhost:${process.env.PORT ?? "3000"}`;
}
