import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Json } from "@/server/kernel/json";

export type ExpressionResult =
  | { ok: true; value: Json }
  | { ok: false; reason: "expression" | "expression-timeout" | "expression-too-large"; message: string };

/** Longest an expression may think, and the most its result may weigh as JSON. */
export const EXPRESSION_LIMITS = { timeMs: 1_000, resultBytes: 1_000_000, heapMb: 64 };

// A thread of its own with no way to the host: JSONata cannot be trusted to stop (recursion, backtracking regular
// expressions), and a thread can be ended from outside whatever it does. Plain JavaScript, as a thread loads no TypeScript.
const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
const jsonata = require(workerData.jsonataPath);
(async () => {
  try {
    const value = await jsonata(workerData.expression).evaluate(workerData.input);
    const text = JSON.stringify(value === undefined ? null : value);
    if (Buffer.byteLength(text) > workerData.resultBytes) parentPort.postMessage({ reason: "expression-too-large" });
    else parentPort.postMessage({ text });
  } catch (error) {
    parentPort.postMessage({ reason: "expression", message: String(error && error.message || error) });
  }
})();`;

interface Answer {
  text?: string;
  reason?: "expression" | "expression-too-large";
  message?: string;
}

const TOO_LARGE = `The result is larger than ${EXPRESSION_LIMITS.resultBytes} bytes, or needs too much memory.`;

/** Evaluates JSONata over a JSON value, sandboxed by thread, time and memory. Never throws for what the expression does. */
export async function runExpression(expression: string, input: unknown): Promise<ExpressionResult> {
  const jsonataPath = createRequire(import.meta.url).resolve("jsonata");
  const worker = new Worker(THREAD, {
    eval: true,
    workerData: { expression, input, jsonataPath, resultBytes: EXPRESSION_LIMITS.resultBytes },
    resourceLimits: { maxOldGenerationSizeMb: EXPRESSION_LIMITS.heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
    env: {},
    stdin: false,
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ExpressionResult>((resolve) => {
      timer = setTimeout(() => {
        const message = `The expression took longer than ${EXPRESSION_LIMITS.timeMs} ms.`;
        resolve({ ok: false, reason: "expression-timeout", message });
      }, EXPRESSION_LIMITS.timeMs);
      worker.once("message", ({ text, reason, message }: Answer) => {
        if (text !== undefined) resolve({ ok: true, value: JSON.parse(text) as Json });
        else if (reason === "expression-too-large") resolve({ ok: false, reason, message: TOO_LARGE });
        else resolve({ ok: false, reason: "expression", message: `The expression failed: ${message ?? "unknown"}` });
      });
      // Out of memory ends the thread with an error; nothing else reaches here.
      worker.once("error", () => resolve({ ok: false, reason: "expression-too-large", message: TOO_LARGE }));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
