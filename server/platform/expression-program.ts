/**
 * The sandbox's whole program, run by a process of its own: neither language can be trusted to stop (recursion,
 * backtracking regular expressions), and a thread that runs out of memory takes its process with it. Plain JavaScript,
 * run without a loader. Reads one `{ start, steps, most, scope }` per line, walks from step to step, and answers with
 * what each gave; it stops at a failure, and as soon as it took some time, so that its caller can tell slow from endless.
 */
export const EXPRESSION_PROGRAM = `
const [, jsonataPath, celPath, resultBytes, pauseMs] = process.argv;
const jsonata = require(jsonataPath);
const cel = require(celPath);
const answer = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
// CEL reads whole numbers as int64; JavaScript's would otherwise all be doubles, and "n == 1" or "n % 2" would fail.
const celValue = (value) => {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, celValue(item)]));
};
// A case that cannot be read does not hold.
const holds = (condition, context) => {
  try {
    return cel.evaluate(condition, context) === true;
  } catch {
    return false;
  }
};
// Expressions come again and again; each evaluation has a frame of its own, so that none sees another's variables.
const compiled = new Map();
const compile = (expression) => {
  const known = compiled.get(expression);
  if (known) return known;
  if (compiled.size >= 500) compiled.clear();
  const fresh = jsonata(expression);
  compiled.set(expression, fresh);
  return fresh;
};
const valueOf = async ({ expression, cases, otherwise }, scope) => {
  if (!cases) return compile(expression).evaluate(scope);
  const context = celValue(scope);
  const taken = cases.find(({ when }) => holds(when, context));
  return { next: (taken ? taken.next : otherwise) ?? null };
};
const compute = async (step, scope) => {
  try {
    const value = await valueOf(step, scope);
    const text = JSON.stringify(value === undefined ? null : value);
    if (Buffer.byteLength(text) > Number(resultBytes)) return { reason: "expression-too-large" };
    return { text };
  } catch (error) {
    return { reason: "expression", message: String((error && error.message) || error).slice(0, 500) };
  }
};
const walk = async ({ start, steps, most, scope }) => {
  const done = [];
  const startedAt = performance.now();
  let bytes = 0;
  for (let id = start; Object.hasOwn(steps, id) && done.length < most; ) {
    const before = performance.now();
    const result = await compute(steps[id], scope);
    const now = performance.now();
    done.push({ id, ms: now - before, ...result });
    if (result.text === undefined) break;
    bytes += result.text.length;
    if (now - startedAt > Number(pauseMs) || bytes > Number(resultBytes)) break;
    const output = JSON.parse(result.text);
    scope.steps[id] = { output };
    id = (steps[id].cases ? output.next : steps[id].next) ?? "";
  }
  return done;
};
require("node:readline").createInterface({ input: process.stdin }).on("line", async (line) => {
  answer({ done: await walk(JSON.parse(line)) });
});
answer({ ready: true });`;
