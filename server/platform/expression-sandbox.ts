import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Json } from "@/server/kernel/json";
import { EXPRESSION_PROGRAM } from "./expression-program";
import { watchTime } from "./expression-sandbox-time";
import { takingTurns, type Whose } from "./taking-turns";

export type ExpressionResult =
  | { ok: true; value: Json }
  | { ok: false; reason: "expression" | "expression-timeout" | "expression-too-large"; message: string };

/**
 * How long an expression may compute and take, the most its result may weigh as JSON, and the heap it has. A walk over
 * several pauses before their time together comes near to that of one.
 */
export const EXPRESSION_LIMITS = {
  ...{ computingMs: 100, passingMs: 5_000, passingAloneMs: 1_000, pauseMs: 20 },
  ...{ resultBytes: 1_000_000, heapMb: 64 },
};

/** Steps that only compute, by id, and what leads from one to the next: a step that is not among them ends the walk. */
export interface Walk {
  start: string;
  steps: Readonly<Record<string, Transform | Branch>>;
  /** Steps to compute at most. */
  most: number;
}
interface Transform {
  /** JSONata over the scope. */
  expression: string;
  next?: string | undefined;
}
interface Branch {
  /** CEL over the scope; the first that holds decides. */
  cases: readonly { when: string; next: string }[];
  otherwise?: string | undefined;
}

/** What the expressions read; a walk adds what its steps gave. */
export interface WalkScope {
  input: Json;
  steps: Readonly<Record<string, { output: Json }>>;
  /** In a for-each. */
  item?: Json;
  index?: number;
  /** What a trigger's expressions read. */
  body?: Json;
  event?: Json;
}

/** One step of a walk, and how long it took, in milliseconds. */
export interface WalkedStep {
  id: string;
  ms: number;
  result: ExpressionResult;
}

interface Done {
  id: string;
  ms: number;
  text?: string;
  reason?: "expression" | "expression-too-large";
  message?: string;
}

interface Answer {
  ready?: boolean;
  done?: Done[];
}

interface Sandbox {
  child: ChildProcessByStdio<Writable, Readable, null>;
  pid: number;
  /** The next line the child says, or null when it ended. */
  nextAnswer: () => Promise<Answer | null>;
}

const TOO_LARGE = `The result is larger than ${EXPRESSION_LIMITS.resultBytes} bytes, or needs too much memory.`;

/** The two languages' packages, as the sandbox's program takes them. */
const LANGUAGES = ["jsonata", "@marcbachmann/cel-js"];

async function startSandbox(): Promise<Sandbox> {
  // From the folder that every process of the product runs in, and by names that are values: a bundler would put numbers
  // of its own in the place of what `import.meta` and written names resolve to.
  const { resolve } = createRequire(path.join(process.cwd(), "package.json"));
  const [jsonataPath = "", celPath = ""] = LANGUAGES.map((name) => resolve(name));
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
  const limits = [EXPRESSION_LIMITS.resultBytes, EXPRESSION_LIMITS.pauseMs].map(String);
  const child = spawn(process.execPath, [...flags, jsonataPath, celPath, ...limits], {
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
  const { pid } = child;
  if ((await nextAnswer())?.ready !== true || pid === undefined)
    throw new Error("The expression sandbox did not start.");
  // Idle, it must not keep the process that owns it alive.
  child.unref();
  (child.stdout as unknown as { unref?: () => void }).unref?.();
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return { child, pid, nextAnswer };
}

function resultOf({ text, reason, message }: Done): ExpressionResult {
  if (text !== undefined) return { ok: true, value: JSON.parse(text) as Json };
  if (reason === "expression-too-large") return { ok: false, reason, message: TOO_LARGE };
  return { ok: false, reason: "expression", message: `The expression failed: ${message ?? "unknown"}` };
}

/** The steps walked, or why the sandbox had to be ended over one of them. */
async function ask({ child, pid, nextAnswer }: Sandbox, walk: Walk, scope: WalkScope): Promise<WalkedStep[] | string> {
  const watch = watchTime(pid, EXPRESSION_LIMITS);
  child.stdin.write(`${JSON.stringify({ ...walk, scope })}\n`);
  const answer = await Promise.race([nextAnswer(), watch.exceeded]);
  watch.stop();
  if (answer === null) return TOO_LARGE;
  if (typeof answer === "string") return `The expression ${answer}.`;
  return (answer.done ?? []).map((done) => ({ id: done.id, ms: done.ms, result: resultOf(done) }));
}

/** Who asks. Tenants take turns, and so do the runs of one tenant. */
export interface Asker extends Whose {
  /** True once nobody wants to know any more: what still waits for its turn then is dropped. */
  isOver?: () => boolean;
}

/** A child process, once there is one, and the tenant that has it now. */
interface Seat {
  sandbox: Sandbox | undefined;
  tenantId: string | null;
}

interface Waiting {
  asker: Asker;
  walk: Walk;
  scope: WalkScope;
  settle: (walked: WalkedStep[] | Promise<WalkedStep[]>) => void;
}

/** Two, of which a tenant has one at a time: so that one which uses up the time of each expression leaves one to the others. */
const seats: readonly Seat[] = [
  { sandbox: undefined, tenantId: null },
  { sandbox: undefined, tenantId: null },
];
const line = takingTurns<Waiting>({
  whoseOf: ({ asker }) => asker,
  isOver: ({ asker }) => asker.isOver?.() === true,
  drop: ({ settle }) => settle([]),
});

const isUp = ({ sandbox }: Seat) =>
  sandbox !== undefined && sandbox.child.exitCode === null && sandbox.child.signalCode === null;

async function takeTurn(seat: Seat, walk: Walk, scope: WalkScope): Promise<WalkedStep[]> {
  if (!isUp(seat)) seat.sandbox = undefined;
  seat.sandbox ??= await startSandbox();
  const walked = await ask(seat.sandbox, walk, scope);
  if (typeof walked !== "string") return walked;
  seat.sandbox.child.kill("SIGKILL");
  seat.sandbox = undefined;
  // Which of several it was is not known: alone, it tells.
  if (walk.most > 1) return takeTurn(seat, { ...walk, most: 1 }, scope);
  const reason = walked === TOO_LARGE ? "expression-too-large" : "expression-timeout";
  return [{ id: walk.start, ms: 0, result: { ok: false, reason, message: walked } }];
}

function freeSeat(): Seat | undefined {
  const free = seats.filter(({ tenantId }) => tenantId === null);
  // Whoever ended a child waits for the next one to start; others need not.
  return free.find(isUp) ?? free[0];
}

/** Gives turns to those who wait, as long as there is a free child and somebody who may have it. */
function giveTurns(): void {
  for (let seat = freeSeat(); seat !== undefined; seat = freeSeat()) {
    const taken = seat;
    const waiting = line.take((tenantId) => seats.some((each) => each.tenantId === tenantId));
    if (waiting === undefined) return;
    const { asker, walk, scope, settle } = waiting;
    taken.tenantId = asker.tenantId;
    const turn = takeTurn(taken, walk, scope).finally(() => {
      taken.tenantId = null;
      giveTurns();
    });
    settle(turn);
  }
}

/**
 * Computes steps one after the other, sandboxed by process, computing time and memory: at least the first of them, at
 * most up to a failure; none where it was over for the asker before its turn came. Never rejects for what an expression
 * does.
 */
export function walkExpressions(walk: Walk, scope: WalkScope, asker: Asker): Promise<WalkedStep[]> {
  const { promise, resolve } = Promise.withResolvers<WalkedStep[]>();
  line.add({ asker, walk, scope, settle: resolve });
  giveTurns();
  return promise;
}
