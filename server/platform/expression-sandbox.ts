import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Json } from "@/server/kernel/json";

export type ExpressionResult =
  | { ok: true; value: Json }
  | { ok: false; reason: "expression" | "expression-timeout" | "expression-too-large"; message: string };

/** Longest an expression may think, the most its result may weigh as JSON, and the heap it has. */
export const EXPRESSION_LIMITS = { timeMs: 100, resultBytes: 1_000_000, heapMb: 64 };

/**
 * The sandbox's whole program. A process of its own: JSONata cannot be trusted to stop (recursion, backtracking regular
 * expressions), and a thread that runs out of memory takes its process with it. Plain JavaScript, run without a loader.
 */
const PROGRAM = `
const jsonata = require(process.argv[1]);
const limit = Number(process.argv[2]);
const answer = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
require("node:readline").createInterface({ input: process.stdin }).on("line", async (line) => {
  const { expression, input } = JSON.parse(line);
  try {
    const value = await jsonata(expression).evaluate(input);
    const text = JSON.stringify(value === undefined ? null : value);
    if (Buffer.byteLength(text) > limit) answer({ reason: "expression-too-large" });
    else answer({ text });
  } catch (error) {
    answer({ reason: "expression", message: String((error && error.message) || error).slice(0, 500) });
  }
});
answer({ ready: true });`;

interface Answer {
  ready?: boolean;
  text?: string;
  reason?: "expression" | "expression-too-large";
  message?: string;
}

interface Sandbox {
  child: ChildProcessByStdio<Writable, Readable, null>;
  /** The next line the child says, or null when it ended. */
  nextAnswer: () => Promise<Answer | null>;
}

const TOO_LARGE = `The result is larger than ${EXPRESSION_LIMITS.resultBytes} bytes, or needs too much memory.`;

async function startSandbox(): Promise<Sandbox> {
  const jsonataPath = createRequire(import.meta.url).resolve("jsonata");
  const flags = [
    `--max-old-space-size=${EXPRESSION_LIMITS.heapMb}`,
    "--disallow-code-generation-from-strings",
    // No files but JSONata's own, no processes, no threads.
    "--permission",
    `--allow-fs-read=${path.dirname(jsonataPath)}/*`,
    "--eval",
    PROGRAM,
  ];
  const child = spawn(process.execPath, [...flags, jsonataPath, String(EXPRESSION_LIMITS.resultBytes)], {
    // Nothing of the host's environment.
    env: { NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  // Writing to a child that just ended breaks the pipe; the missing answer tells.
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextAnswer = async () => {
    const line = await lines.next();
    return line.done === true ? null : (JSON.parse(line.value) as Answer);
  };
  const sandbox = { child, nextAnswer };
  if ((await nextAnswer())?.ready !== true) throw new Error("The expression sandbox did not start.");
  // Idle, it must not keep the process that owns it alive.
  child.unref();
  (child.stdout as unknown as { unref?: () => void }).unref?.();
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return sandbox;
}

async function ask({ child, nextAnswer }: Sandbox, expression: string, input: unknown): Promise<ExpressionResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<"timeout">((resolve) => {
    timer = setTimeout(() => resolve("timeout"), EXPRESSION_LIMITS.timeMs);
  });
  child.stdin.write(`${JSON.stringify({ expression, input })}\n`);
  const answer = await Promise.race([nextAnswer(), tooLong]);
  clearTimeout(timer);
  if (answer === "timeout") {
    child.kill("SIGKILL");
    const message = `The expression took longer than ${EXPRESSION_LIMITS.timeMs} ms.`;
    return { ok: false, reason: "expression-timeout", message };
  }
  if (answer?.text !== undefined) return { ok: true, value: JSON.parse(answer.text) as Json };
  if (answer === null || answer.reason === "expression-too-large")
    return { ok: false, reason: "expression-too-large", message: TOO_LARGE };
  return { ok: false, reason: "expression", message: `The expression failed: ${answer.message ?? "unknown"}` };
}

let sandbox: Sandbox | undefined;
let queue: Promise<unknown> = Promise.resolve();

async function takeTurn(expression: string, input: unknown): Promise<ExpressionResult> {
  if (sandbox === undefined || sandbox.child.exitCode !== null || sandbox.child.killed) sandbox = await startSandbox();
  const result = await ask(sandbox, expression, input);
  if (!result.ok && result.reason !== "expression") {
    sandbox.child.kill("SIGKILL");
    sandbox = undefined;
  }
  return result;
}

/** Evaluates JSONata over a JSON value, sandboxed by process, time and memory. Never rejects for what the expression does. */
export function runExpression(expression: string, input: unknown): Promise<ExpressionResult> {
  const turn = queue.then(() => takeTurn(expression, input));
  queue = turn.catch(() => undefined);
  return turn;
}
