import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Json } from "@/server/kernel/json";
import { EXPRESSION_PROGRAM } from "./expression-program";

export type ExpressionResult =
  | { ok: true; value: Json }
  | { ok: false; reason: "expression" | "expression-timeout" | "expression-too-large"; message: string };

/** Longest an expression may think, the most its result may weigh as JSON, and the heap it has. */
const EXPRESSION_LIMITS = { timeMs: 100, resultBytes: 1_000_000, heapMb: 64 };

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
  const { resolve } = createRequire(import.meta.url);
  const [jsonataPath, celPath] = [resolve("jsonata"), resolve("@marcbachmann/cel-js")];
  const flags = [
    `--max-old-space-size=${EXPRESSION_LIMITS.heapMb}`,
    "--disallow-code-generation-from-strings",
    // No files but those of the two languages, no processes, no threads.
    "--permission",
    `--allow-fs-read=${path.dirname(jsonataPath)}/*`,
    // With its package.json, which says that its files are modules.
    `--allow-fs-read=${path.dirname(path.dirname(celPath))}/*`,
    "--eval",
    EXPRESSION_PROGRAM,
  ];
  const child = spawn(process.execPath, [...flags, jsonataPath, celPath, String(EXPRESSION_LIMITS.resultBytes)], {
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

type Question = { expression: string; input: unknown } | { conditions: readonly string[]; input: unknown };

async function ask({ child, nextAnswer }: Sandbox, question: Question): Promise<ExpressionResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<"timeout">((resolve) => {
    timer = setTimeout(() => resolve("timeout"), EXPRESSION_LIMITS.timeMs);
  });
  child.stdin.write(`${JSON.stringify(question)}\n`);
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

async function takeTurn(question: Question): Promise<ExpressionResult> {
  if (sandbox === undefined || sandbox.child.exitCode !== null || sandbox.child.killed) sandbox = await startSandbox();
  const result = await ask(sandbox, question);
  if (!result.ok && result.reason !== "expression") {
    sandbox.child.kill("SIGKILL");
    sandbox = undefined;
  }
  return result;
}

function inTurn(question: Question): Promise<ExpressionResult> {
  const turn = queue.then(() => takeTurn(question));
  queue = turn.catch(() => undefined);
  return turn;
}

/** Evaluates JSONata over a JSON value, sandboxed by process, time and memory. Never rejects for what the expression does. */
export function runExpression(expression: string, input: unknown): Promise<ExpressionResult> {
  return inTurn({ expression, input });
}

/** The index of the first CEL condition that is true of a JSON value, or null; sandboxed as `runExpression` is. */
export function firstToHold(conditions: readonly string[], input: unknown): Promise<ExpressionResult> {
  return inTurn({ conditions, input });
}
