#!/usr/bin/env node
// The `conductor` command: plain JavaScript only so far as it takes to load TypeScript.
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..", "..");
// tsx looks for the import alias in the tsconfig of the working folder; the command works from any folder.
process.env.TSX_TSCONFIG_PATH ??= path.join(root, "tsconfig.json");
// tsx keeps what it compiled in the folder for temporary files, and fails where it cannot: full, read-only, not there.
try {
  rmdirSync(mkdtempSync(path.join(tmpdir(), "conductor-")));
} catch {
  process.env.TSX_DISABLE_CACHE = "1";
}
await import("tsx");
await import("./conductor.ts");
