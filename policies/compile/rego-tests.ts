import { quoted, rule } from "./rego-terms";

/** Where the tests of a policy lie among OPA's documents. */
export const REGO_TESTS = "conductor.authz_test";

/** What people expect of a policy: a question with names, and its answer. */
export interface RegoTest {
  title: string;
  request: unknown;
  allow: boolean;
  /** Of an answer yes, a rule that allows it; of an answer no, one that denies it. */
  rule?: string | undefined;
}

function testRule({ title, request, allow, rule: named }: RegoTest, place: number): string {
  const input = `with input as ${JSON.stringify(request)}`;
  const answers = [
    `${allow ? "" : "not "}authz.allow ${input}`,
    ...(named === undefined ? [] : [`${quoted(named)} in authz.${allow ? "matched" : "denied"} ${input}`]),
  ];
  return `# ${title}.\n${rule(`test_${String(place + 1).padStart(3, "0")}`, answers)}`;
}

/** Expectations as OPA's tests, so that `opa test` proves them again wherever the bundle went. */
export function regoTestsOf(tests: readonly RegoTest[]): string {
  return `${[
    `package ${REGO_TESTS}`,
    "import data.conductor.authz\nimport future.keywords.if\nimport future.keywords.in",
    ...tests.map(testRule),
  ].join("\n\n")}\n`;
}
