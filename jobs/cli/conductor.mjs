#!/usr/bin/env node
// The `conductor` command: plain JavaScript only so far as it takes to load TypeScript.
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..", "..");
// tsx looks for the import alias in the tsconfig of the working folder; the command works from any folder.
process.env.TSX_TSCONFIG_PATH ??= path.join(root, "tsconfig.json");
await import("tsx");
await import("./conductor.ts");
