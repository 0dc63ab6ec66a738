import { childrenOf, cpuMs, processOf, WORKER } from "../fixtures/processes";
import { finished, httpStep, perform, start } from "../fixtures/run";
import { definition } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

test("45 a template reads data and evaluates nothing", async ({ deployment, sides: { a } }) => {
  const issuesOf = async (text: string) => {
    const steps = [httpStep(`${deployment.target.url}/`, { body: { text } })];
    const answer = await a.author.ask<{ issues: unknown[] }>("workflows.check", { definition: definition({ steps }) });
    return answer.issues;
  };
  for (const text of [
    "{{constructor.constructor('return process')()}}",
    "{{ input.constructor }}",
    "{{ __proto__.polluted }}",
    "{{ steps.call.output }}",
    "{{ process.env }}",
    "{{ input['x'] }}",
    "{{ 7*7 }}",
  ])
    expect(await issuesOf(text), text).not.toEqual([]);
  for (const path of ["constructor", "__proto__", "toString", "body.constructor.name"]) {
    const steps = [
      { ...httpStep(`${deployment.target.url}/`), next: "leak" },
      {
        ...httpStep(`${deployment.target.url}/`, { method: "POST", body: { text: `{{ steps.call.output.${path} }}` } }),
        id: "leak",
      },
    ];
    expect(await perform(a, steps), path).toMatchObject({ status: "failed", failure: { code: "template" } });
  }
});

const SANDBOX = /--permission/;

// How long the worker's own loop was held up meanwhile is measured by `npm run bench -- neighbours`.
test("45 an expression that never ends is ended by its own limit, and the worker goes on", async ({
  deployment,
  sides: { a, b },
}) => {
  const text = `${"a".repeat(40)}!`;
  const transform = (expression: string) => [{ id: "think", type: "transform", expression }];
  const branch = (when: string) => [
    { id: "think", type: "branch", cases: [{ when, next: "end" }], otherwise: "end" },
    { id: "end", type: "transform", expression: "1" },
  ];
  const attacks: [steps: unknown[], code: RegExp][] = [
    [transform("($f := function($n) { $f($n + 1) }; $f(0))"), /^expression/],
    [transform("($f := function() { $f() }; $f())"), /^expression/],
    [transform("$match(input.text, /(a+)+$/)"), /^expression-timeout$/],
    [transform("$join([1..9999999].$string())"), /^expression/],
    [transform("$eval('1')"), /^(expression(-timeout)?|succeeded)$/],
    // It finds nothing there, which is no failure in JSONata.
    [transform("input.constructor.constructor('return process')()"), /^(expression(-timeout)?|succeeded)$/],
    [branch("input.text.matches('^(a+)+$')"), /^expression-timeout$/],
    [branch("[1,2,3].all(x, input.text.matches('^(a|a)+$'))"), /^expression-timeout$/],
  ];
  expect(await perform(a, transform("1 + 1"))).toMatchObject({ status: "succeeded" });
  const worker = processOf(deployment, WORKER);
  const sandboxes = () => (worker === null ? [] : childrenOf(worker.pid, SANDBOX).map(({ pid }) => pid));
  const [before, used] = [sandboxes(), worker === null ? 0 : cpuMs(worker.pid).ofEnded];
  const runIds = await Promise.all(attacks.map(([steps]) => start(a, steps, { text })));
  expect((await perform(b, [httpStep(`${deployment.target.url}/well`)])).status).toBe("succeeded");
  for (const [index, runId] of runIds.entries()) {
    const run = await finished(a, runId);
    const [steps, code] = attacks[index] ?? [];
    expect(run.status === "succeeded" ? "succeeded" : run.failure?.code, JSON.stringify(steps)).toMatch(
      code ?? /never/,
    );
    expect(JSON.stringify(run)).not.toMatch(/"versions"|CONDUCTOR_/);
  }
  if (worker !== null) {
    // The sandbox was ended, not the worker; and each of those ended had used little more than its limit and its start.
    expect(before).toHaveLength(1);
    expect(sandboxes()).not.toEqual(before);
    expect(processOf(deployment, WORKER)?.pid).toBe(worker.pid);
    expect((cpuMs(worker.pid).ofEnded - used) / attacks.length, "ms of each").toBeLessThan(500);
  }
  expect(await perform(a, transform("1 + 1"))).toMatchObject({ status: "succeeded" });
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});
