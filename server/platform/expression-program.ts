/**
 * The sandbox's whole program, run by a process of its own: neither language can be trusted to stop (recursion,
 * backtracking regular expressions), and a thread that runs out of memory takes its process with it. Plain JavaScript,
 * run without a loader. Reads `{ expression, input }` (JSONata) or `{ conditions, input }` (CEL), one per line.
 */
export const EXPRESSION_PROGRAM = `
const [, jsonataPath, celPath, limit] = process.argv;
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
const firstToHold = (conditions, input) => {
  const context = celValue(input);
  const found = conditions.findIndex((condition) => holds(condition, context));
  return found === -1 ? null : found;
};
require("node:readline").createInterface({ input: process.stdin }).on("line", async (line) => {
  try {
    const { expression, conditions, input } = JSON.parse(line);
    const value = conditions ? firstToHold(conditions, input) : await jsonata(expression).evaluate(input);
    const text = JSON.stringify(value === undefined ? null : value);
    if (Buffer.byteLength(text) > Number(limit)) answer({ reason: "expression-too-large" });
    else answer({ text });
  } catch (error) {
    answer({ reason: "expression", message: String((error && error.message) || error).slice(0, 500) });
  }
});
answer({ ready: true });`;
