import type { RegoData } from "@/policies/compile/rego-data";
import type { Expression, RegoModule, RegoRule, Term } from "./rego-parse";
import type { Question } from "./space";
import type { Asked } from "./witness";

const pathOf = (term: Term): string | null => {
  if (term.kind === "name") return term.name;
  if (term.kind !== "ref" || term.key.kind !== "value" || typeof term.key.value !== "string") return null;
  const of = pathOf(term.of);
  return of === null ? null : `${of}.${term.key.value}`;
};

function isAmong(line: Expression, word: string | null): boolean {
  if (line.kind !== "compare" || line.right.kind !== "value") throw new Error("a rule compares with words");
  const { value } = line.right;
  return value instanceof Set ? value.has(word) : value === word;
}

/** How one line of a rule comes out for a question; null for what it does not hang on. */
function outcome(line: Expression, question: Question): boolean | null {
  if (line.kind === "some") return null;
  if (line.kind === "not") return outcome(line.of, question);
  if (line.kind === "holds") {
    const atom = pathOf(line.term);
    const value = question.atoms[atom as keyof typeof question.atoms] as boolean | undefined;
    if (value === undefined) throw new Error(`${atom ?? "a term"} is no relation`);
    return value;
  }
  const path = line.kind === "compare" ? pathOf(line.left) : null;
  if (path === "input.action") return null;
  if (path === "role") return isAmong(line, question.role);
  if (path === "input.resource.environment") return isAmong(line, question.environment);
  if (path === "input.resource.riskProfile") return isAmong(line, question.riskProfile);
  throw new Error(`a rule hangs on ${path ?? "what is no attribute"}`);
}

const isAbout = ({ body }: RegoRule, action: string) =>
  body.some((line) => line.kind === "compare" && pathOf(line.left) === "input.action" && isAmong(line, action));

const asText = (rules: readonly RegoRule[]) =>
  JSON.stringify(rules, (_key, value: unknown) => (value instanceof Set ? [...(value as Set<string>)] : value));

/**
 * The questions that a module cannot tell apart, put together: those of one action for which every line of every rule comes out
 * alike, and whose chain lies at the same place. Read from the module's own text. Of each such class one is given, as for one
 * engine every question takes longer than there is time: which it answers rightly, it does so for all of its class. A class that
 * was seen is not given again: rules of the same text about the same action answer alike, whichever pack they are of.
 */
export function representatives(
  { rules }: RegoModule,
  data: RegoData,
  questions: readonly Asked[],
  seen: Set<string>,
): Asked[] {
  const ruling = rules.filter(({ name, body }) => ["granted", "denied"].includes(name) && body.length > 1);
  const byAction = new Map<string, RegoRule[]>();
  const found: Asked[] = [];
  for (const asked of questions) {
    const { action, environment, riskProfile } = asked.question;
    const about = byAction.get(action) ?? ruling.filter((one) => isAbout(one, action));
    byAction.set(action, about);
    const lines = about.flatMap(({ body }) => body.map((line) => outcome(line, asked.question)));
    const chains = data.obligations[action];
    const key = JSON.stringify([
      action,
      asText(about),
      lines,
      ...(chains === undefined ? [] : [chains, environment, riskProfile]),
    ]);
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(asked);
  }
  return found;
}
