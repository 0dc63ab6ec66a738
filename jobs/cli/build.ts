import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./local-state";

/** What a build is made of. */
const SOURCES = ["app", "server", "db", "jobs", "policies", "emails", "docs"];
const SOURCE_FILES = ["package-lock.json", "next.config.ts", "instrumentation.ts", "tsconfig.json"];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(full) : [full];
    })
    .filter((file) => !/\.test\.tsx?$/.test(file));
}

/** A hash over every source of the build: equal exactly when a build would be. */
function sourceHash(): string {
  const hash = createHash("sha256");
  const folders = SOURCES.map((name) => path.join(ROOT, name)).filter((folder) => existsSync(folder));
  const single = SOURCE_FILES.map((name) => path.join(ROOT, name)).filter((file) => existsSync(file));
  for (const file of [...folders.flatMap(filesBelow), ...single].sort())
    hash.update(`${path.relative(ROOT, file)}\0${statSync(file).size}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

/** Builds the app when its sources changed since the last build; returns the build's hash. */
export function buildIfStale(say: (line: string) => void): string {
  const stamp = path.join(ROOT, ".next", "conductor-build");
  const hash = sourceHash();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return hash;
  say("building the app (once per change, about a minute)");
  const built = spawnSync(process.execPath, [path.join(ROOT, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (built.status !== 0) throw new Error(`next build failed:\n${built.stdout}\n${built.stderr}`);
  writeFileSync(stamp, hash);
  return hash;
}
