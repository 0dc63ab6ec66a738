import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const processes = pathToFileURL(path.join(import.meta.dirname, "processes.ts")).href;

/** Says when it listens, when it was asked to stop, and ends in order once its input ends, which keeps it alive until then. */
const PROGRAM = `
import { untilAskedToStop } from ${JSON.stringify(processes)};
const inputEnds = new Promise((resolve) => process.stdin.once("end", resolve).resume());
const stopped = untilAskedToStop();
process.stdout.write("listens\\n");
await stopped;
process.stdout.write("stops\\n");
await inputEnds;
process.stdout.write("in order\\n");
process.exit(0);
`;

it("a process that is asked to stop twice still stops what it started", async () => {
  const child = spawn(process.execPath, ["--import", loader, "--input-type=module", "--eval", PROGRAM]);
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)));
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => said).toBe("listens\n");
  child.kill("SIGTERM");
  await expect.poll(() => said).toBe("listens\nstops\n");
  child.kill("SIGTERM");
  child.kill("SIGINT");
  child.stdin.end();
  expect(await ended).toBe(0);
  expect(said).toBe("listens\nstops\nin order\n");
});
