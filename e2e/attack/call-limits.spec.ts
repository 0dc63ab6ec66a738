import { connect } from "node:net";
import { forgetCalls, watchAllowance } from "../fixtures/allowance";
import { signIn } from "../fixtures/caller";
import { inspect } from "../fixtures/inspector";
import { INSIDE, JSON_BODY } from "../fixtures/known-surface";
import { cpuMs, processOf, WEB } from "../fixtures/processes";
import { expect, test } from "../fixtures/test";

const manyKeys = (count: number) => `{${Array.from({ length: count }, (_, n) => `"k${n}":0`).join()}}`;
const DEEP = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
type Absurd = readonly [title: string, path: string, body: string, status: number];
const ABSURD: readonly Absurd[] = [
  ["1,000 calls", `${Array<string>(1_000).fill("workflows.list").join(",")}?batch=1`, "{}", 400],
  ["10 MB", "workflows.list", JSON.stringify({ text: "x".repeat(10_000_000) }), 413],
  ["10,000 levels", "workflows.list", DEEP, 400],
  ["10,000 levels of a definition", "workflows.check", `{"definition":${DEEP}}`, 400],
  ["10,000 levels in a batch", "workflows.list,workflows.list?batch=1", `{"0":${DEEP},"1":${DEEP}}`, 400],
  ["100,000 keys", "workflows.list", manyKeys(100_000), 413],
  ["__proto__", "workflows.list", '{"__proto__":{"polluted":true}}', 400],
  ["constructor.prototype", "workflows.list", '{"constructor":{"prototype":{"polluted":true}}}', 400],
  ["__proto__ as a procedure", "__proto__", "{}", 404],
  ["constructor as a procedure", "workflows.constructor", "{}", 404],
  ["toString as a procedure", "toString", "{}", 404],
];
/** As large as may be sent, so each is read to its end: that costs what reading costs. */
const LARGE: readonly Absurd[] = [
  ["30,000 keys", "workflows.list", manyKeys(30_000), 400],
  ["30,000 keys of a definition", "workflows.check", `{"definition":${manyKeys(30_000)}}`, 200],
  [
    "30,000 empty steps",
    "workflows.check",
    `{"definition":{"steps":[${Array<string>(30_000).fill("{}").join()}]}}`,
    200,
  ],
];
/** Times that each is sent: one alone is too short to be measured. */
const TIMES = 5;

// What a refusal costs is processor time: unlike the time on the clock it does not depend on who else is at work.
test("33 a call of absurd size or shape is refused for next to nothing and leaves no trace", async ({
  deployment,
  sides: { a },
}) => {
  const post = (path: string, body: string) =>
    a.viewer.send(`/api/trpc/acme/${path}`, { method: "POST", body, headers: JSON_BODY });
  const refuse = async ([title, path, body, status]: Absurd) => {
    const answer = await post(path, body);
    expect(answer.status, title).toBe(status);
    expect(answer.text, title).not.toMatch(INSIDE);
    expect(answer.text.length, title).toBeLessThan(50_000);
  };
  // The first of each kind loads what it needs.
  for (const absurd of [...ABSURD, ...LARGE]) await refuse(absurd);
  const web = processOf(deployment, WEB);
  const inside = await inspect(deployment, WEB);
  const before = (await inside?.keptMb()) ?? 0;
  for (const absurd of ABSURD) {
    const used = web === null ? 0 : cpuMs(web.pid).own;
    for (let sent = 0; sent < TIMES; sent += 1) await refuse(absurd);
    if (web !== null) expect((cpuMs(web.pid).own - used) / TIMES, `${absurd[0]}, in ms`).toBeLessThan(100);
  }
  for (const large of LARGE) await refuse(large);
  for (let sent = 0; sent < 10_000; sent += 20) {
    const names = Array.from({ length: 20 }, (_, index) => `nope${sent + index}`).join(",");
    expect((await post(`${names}?batch=1`, "{}")).status).toBeGreaterThanOrEqual(400);
  }
  const polluted =
    (await inside?.evaluate<boolean>("({}).polluted === undefined && [].polluted === undefined")) ?? true;
  expect(polluted).toBe(true);
  expect(((await inside?.keptMb()) ?? 0) - before, "MiB kept").toBeLessThan(50);
  await inside?.stop();
});

/** Sends a body in pieces until it is answered or cut off, at most 30 MB; resolves with what was said. */
async function sendEndless(url: string, cookie: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const piece = `10000\r\n${"x".repeat(65_536)}\r\n`;
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("data", (part) => (answer += part.toString("latin1")));
  // Cut off while it still writes, a caller learns of it by an error.
  socket.on("error", () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const headers = ["content-type: application/json", "transfer-encoding: chunked", "connection: close"];
  const request = ["POST /api/trpc/acme/workflows.list HTTP/1.1", `host: ${hostname}:${port}`, `cookie: ${cookie}`];
  socket.write(`${[...request, ...headers].join("\r\n")}\r\n\r\n`);
  for (let sent = 0; sent < 480 && !socket.destroyed && answer === ""; sent += 1)
    await new Promise((resolve) => socket.write(piece, resolve));
  if (!socket.destroyed) socket.end("0\r\n\r\n");
  await closed;
  return answer;
}

test("33 a body that does not say how long it is is taken no further than one that does", async ({
  deployment,
  sides: { a },
}) => {
  const endless = () => sendEndless(deployment.url, a.viewer.cookie);
  const inside = await inspect(deployment, WEB);
  await endless();
  const before = (await inside?.keptMb()) ?? 0;
  const answers = await Promise.all(Array.from({ length: 10 }, endless));
  for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 413 |$)/);
  expect(((await inside?.keptMb()) ?? 0) - before, "MiB kept").toBeLessThan(50);
  await inside?.stop();
  expect((await a.viewer.attempt("workflows.list")).status).toBe(200);
});

test("34 a batch counts as the calls it holds", async ({ deployment }) => {
  const caller = await signIn(deployment, "workflow_reviewer@initech.test", "initech");
  const batch = async (size: number) => {
    const input = { workflowId: `wfl_${"0".repeat(32)}` };
    const body = Object.fromEntries(Array.from({ length: size }, (_, index) => [index, input]));
    const answer = await caller.once(`${Array<string>(size).fill("workflows.retire").join(",")}?batch=1`, body);
    const calls = JSON.parse(answer.text) as { error?: { data: { httpStatus: number } } }[];
    return { answer, statuses: calls.map(({ error }) => error?.data.httpStatus) };
  };
  expect((await caller.once(`${Array<string>(100).fill("runs.start").join(",")}?batch=1`)).status).toBe(400);
  await forgetCalls(deployment);
  const most = watchAllowance({ burst: 60, perMinute: 240 });
  const statuses: (number | undefined)[] = [];
  while (!statuses.includes(429) && statuses.length < 2_000) {
    const sent = await Promise.all([batch(20), batch(20), batch(20), batch(20)]);
    statuses.push(...sent.flatMap((one) => one.statuses));
    for (const one of sent)
      if (one.statuses.every((status) => status === 429))
        expect(Number(one.answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  const granted = statuses.filter((status) => status === 404).length;
  expect(granted).toBeGreaterThanOrEqual(60);
  expect(granted).toBeLessThanOrEqual(most());
  expect(statuses.filter((status) => status === 429)).toHaveLength(statuses.length - granted);
});
