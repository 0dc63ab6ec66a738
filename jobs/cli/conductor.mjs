#!/usr/bin/env node
// The `conductor` command: plain JavaScript only so far as it takes to load TypeScript.
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..", "..");
// Looking up a name holds a thread for as long as it takes, and half of them may: with the usual four, two slow names of
// anybody's would hold up all others (`server/platform/look-up.ts`). It is read once, when the first thread is needed.
process.env.UV_THREADPOOL_SIZE ??= "16";
// tsx looks for the import alias in the tsconfig of the working folder; the command works from any folder.
process.env.TSX_TSCONFIG_PATH ??= path.join(root, "tsconfig.json");
// tsx keeps what it compiled in the folder for temporary files, and fails where it cannot: full, read-only, not there.
try {
  rmdirSync(mkdtempSync(path.join(tmpdir(), "conductor-")));
} catch {
  process.env.TSX_DISABLE_CACHE = "1";
}
await import("tsx");
const { run } = await import("./program.ts");
await run(process.argv);
