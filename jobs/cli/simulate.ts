import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Decision } from "@/policies/access/decide";
import { explainDenial } from "@/policies/access/explain";
import { roleWord } from "@/policies/access/role-word";
import { RULES } from "@/policies/access/rules";
import type { Action } from "@/policies/access/vocabulary";
import { ask, assumed, type Question, questionSchema } from "@/policies/simulate/ask";
import { differenceOf, readScenarios, type Scenario } from "@/policies/simulate/scenarios";
import { regionsIn } from "@/server/platform/env";
import { ROOT } from "./local-state";

// Words are not compared with the vocabulary here: one that is outside of it is answered with a denial that names it.
const questionsSchema = z.array(questionSchema);

const answerOf = ({
  allow,
  code,
  revision,
  matched,
  denied,
  failed,
  nearest,
  obligations,
  counterfactual,
}: Decision) => ({
  ...{ allow, code, revision, matched, denied, failed, nearest, obligations, counterfactual },
});
const titleOf = (id: string) => RULES.find((rule) => rule.id === id)?.title ?? id;

function inWords(question: Question, decision: Decision, regions: readonly string[]): string {
  const { allow, code, matched, denied, obligations, revision } = decision;
  const stages = obligations.flatMap((obligation) => obligation.stages);
  const chain = stages.map(({ role, quorum }) => `${quorum} × ${roleWord(role)}`).join(", then ");
  const assumptions = Object.entries(assumed(question, regions)).map(([name, value]) => `${name} ${String(value)}`);
  return [
    allow ? `Yes (${code}).` : `No (${code}).`,
    ...(allow ? matched.map((id) => `  ${id}: ${titleOf(id)}`) : []),
    ...(allow ? [] : [`  ${explainDenial(question.action as Action, decision)}`]),
    ...denied.map((id) => `  ${id}: ${titleOf(id)}`),
    ...(chain === "" ? [] : [`  First it is approved by ${chain}.`]),
    ...(decision.counterfactual === null ? [] : [`  It would turn with ${JSON.stringify(decision.counterfactual)}.`]),
    ...(assumptions.length === 0 ? [] : [`  Assumed: ${assumptions.join(", ")}.`]),
    ...(revision === "" ? [] : [`  ${revision}`]),
    "",
  ].join("\n");
}

/** Reads questions from a JSON or YAML file; throws Error in words. */
async function questionsIn(file: string): Promise<Question[]> {
  const parsed = questionsSchema.safeParse(parse(await readFile(file, "utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file}: ${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "is not valid"}`);
}

/** Every committed scenario. */
export async function committedScenarios(): Promise<Scenario[]> {
  const folder = path.join(ROOT, "policies", "scenarios");
  const files = (await readdir(folder)).sort();
  return (
    await Promise.all(files.map(async (file) => readScenarios(await readFile(path.join(folder, file), "utf8"), file)))
  ).flat();
}

/** Asks every committed scenario; exit code 1 when an answer is another than the expected one. */
export async function runScenarios({ json }: { json: boolean }): Promise<number> {
  const scenarios = await committedScenarios();
  const failures = scenarios.flatMap((scenario) => {
    const difference = differenceOf(scenario);
    return difference === null ? [] : [{ profile: scenario.profile, title: scenario.title, difference }];
  });
  const told = { scenarios: scenarios.length, failures };
  const lines = failures.map(({ profile, title, difference }) => `✗ ${profile}: ${title}: ${difference}\n`);
  process.stdout.write(
    json
      ? `${JSON.stringify(told)}\n`
      : `${lines.join("")}${scenarios.length - failures.length} of ${scenarios.length} scenarios are answered as expected.\n`,
  );
  return failures.length === 0 ? 0 : 1;
}

/** Answers one question, or those of a file in their order. Exit code 0: a denial is an answer. */
export async function runSimulate(
  question: Question | null,
  { json, questions: file }: { json: boolean; questions?: string | undefined },
): Promise<number> {
  let questions: readonly Question[];
  let regions: readonly string[];
  try {
    regions = regionsIn(process.env);
    questions = file === undefined ? [] : await questionsIn(file);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  if (question !== null) questions = [question];
  const answers = questions.map((each) => ({ each, decision: ask(each, regions) }));
  const [only] = answers;
  const told =
    question !== null && only !== undefined
      ? answerOf(only.decision)
      : answers.map(({ decision }) => answerOf(decision));
  if (json) process.stdout.write(`${JSON.stringify(told)}\n`);
  else for (const { each, decision } of answers) process.stdout.write(inWords(each, decision, regions));
  return 0;
}
