import type { z } from "zod";
import type { definitionSchema } from "@/server/workflows/domain/definition";

/** A definition while it is being written: as it is handed in, and perhaps not yet valid. */
export type Draft = z.input<typeof definitionSchema>;
export type DraftStep = Draft["steps"][number];
export type DraftStepType = DraftStep["type"];
type StepOf<T extends DraftStepType> = Extract<DraftStep, { type: T }>;

/** What the form of one type of step is given. */
export interface StepFieldsProps<T extends DraftStepType> {
  step: StepOf<T>;
  /** What is wrong with a field, by its path below the step. */
  error: (field: string) => string | undefined;
  onChange: (step: StepOf<T>, field: string) => void;
}

/** Where a new workflow begins: two steps that show how one reads what the one before it found. */
export const FIRST_DRAFT: Draft = {
  name: "New workflow",
  description: "",
  attributes: {
    environment: "dev",
    region: "eu",
    risk_profile: "low",
    business_unit: "general",
    data_sensitivity: "internal",
  },
  importance: "normal",
  execution_class: "standard",
  input: {},
  steps: [
    {
      id: "fetch",
      name: "Fetch",
      type: "http",
      request: { method: "GET", url: "https://example.com/orders", headers: {} },
      next: "report",
    },
    {
      id: "report",
      name: "Report",
      type: "http",
      request: {
        method: "POST",
        url: "https://example.com/reports",
        headers: {},
        body: { found: "{{ steps.fetch.output.body }}" },
      },
    },
  ],
};

/** What a step can do, in the order in which a writer chooses. */
export const STEP_TYPES = [
  "http",
  "transform",
  "wait",
  "branch",
  "parallel",
  "for-each",
  "notify",
  "evidence",
  "workflow",
  "adapter",
  "approval",
] as const satisfies DraftStepType[];

const BLANKS: { readonly [T in DraftStepType]: (id: string) => StepOf<T> } = {
  http: (id) => ({ id, type: "http", request: { method: "GET", url: "https://", headers: {} } }),
  transform: (id) => ({ id, type: "transform", expression: "$" }),
  wait: (id) => ({ id, type: "wait", seconds: 60 }),
  branch: (id) => ({ id, type: "branch", cases: [{ when: "true", next: "" }] }),
  parallel: (id) => ({ id, type: "parallel", branches: ["", ""] }),
  "for-each": (id) => ({ id, type: "for-each", items: "input.items", body: "" }),
  workflow: (id) => ({ id, type: "workflow", workflow: "", input: {} }),
  adapter: (id) => ({ id, type: "adapter", adapter: "", input: {} }),
  evidence: (id) => ({ id, type: "evidence", file: "evidence.json", content: { note: "" } }),
  approval: (id) => ({
    ...{ id, type: "approval", title: "" },
    stages: [{ role: "workflow_reviewer", quorum: 1, expires_hours: 72 }],
  }),
  notify: (id) => ({ id, type: "notify", to: "", subject: "", text: "" }),
};

/** An id that no step has: the type, with a number when it is taken. */
export function freeId(draft: Draft, type: DraftStepType): string {
  const taken = new Set(draft.steps.map(({ id }) => id));
  const word = type.replaceAll("-", "_");
  if (!taken.has(word)) return word;
  for (let number = 2; ; number += 1) if (!taken.has(`${word}_${number}`)) return `${word}_${number}`;
}

const withSteps = (draft: Draft, steps: DraftStep[]): Draft => ({ ...draft, steps });

/** What a new step that runs steps of its own begins with, so that it is whole: one for each way within it. */
function stepsWithin(draft: Draft, made: DraftStep): DraftStep[] {
  const ways = made.type === "parallel" ? made.branches.length : made.type === "for-each" ? 1 : 0;
  let taken = draft;
  return Array.from({ length: ways }, (_, way) => {
    const step = BLANKS.transform(freeId(taken, "transform"));
    taken = withSteps(taken, [...taken.steps, step]);
    if (made.type === "parallel") made.branches[way] = step.id;
    else if (made.type === "for-each") made.body = step.id;
    return step;
  });
}

/** Puts a new step after another (or at the end), between it and what followed it. A branch leads where its cases say. */
export function addStep(draft: Draft, type: DraftStepType, afterId: string | null): { draft: Draft; id: string } {
  const id = freeId(draft, type);
  const place = draft.steps.findIndex((step) => step.id === afterId);
  const at = place === -1 ? draft.steps.length - 1 : place;
  const before = draft.steps[at];
  const follows = before !== undefined && before.type !== "branch" ? before.next : undefined;
  const made = BLANKS[type](id);
  const within = stepsWithin(draft, made);
  const placed: DraftStep =
    follows === undefined
      ? made
      : made.type === "branch"
        ? { ...made, cases: [{ when: "true", next: follows }], otherwise: follows }
        : { ...made, next: follows };
  const steps = draft.steps.map((step, index) =>
    index === at && step.type !== "branch" ? { ...step, next: id } : step,
  );
  return { draft: withSteps(draft, [...steps.slice(0, at + 1), placed, ...within, ...steps.slice(at + 1)]), id };
}

/** Every place that names a step, pointed elsewhere; `undefined` ends the run there. */
function redirect(step: DraftStep, from: string, to: string | undefined): DraftStep {
  const turn = (id: string | undefined) => (id === from ? to : id);
  if (step.type !== "branch") {
    const { next: _next, ...rest } = step;
    const next = turn(step.next);
    if (rest.type === "parallel") rest.branches = rest.branches.map((id) => turn(id) ?? "");
    if (rest.type === "for-each") rest.body = turn(rest.body) ?? "";
    return next === undefined ? rest : { ...rest, next };
  }
  const { otherwise: _otherwise, ...rest } = step;
  const otherwise = turn(step.otherwise);
  const cases = step.cases.map((branchCase) => ({ ...branchCase, next: turn(branchCase.next) ?? "" }));
  return otherwise === undefined ? { ...rest, cases } : { ...rest, cases, otherwise };
}

/** Takes a step out; what led to it leads to what followed it. */
export function removeStep(draft: Draft, id: string): Draft {
  const gone = draft.steps.find((step) => step.id === id);
  if (gone === undefined) return draft;
  const follows = gone.type === "branch" ? (gone.otherwise ?? gone.cases[0]?.next) : gone.next;
  const heir = follows === id || follows === "" ? undefined : follows;
  return withSteps(
    draft,
    draft.steps.filter((step) => step !== gone).map((step) => redirect(step, id, heir)),
  );
}

/** Replaces a step. When its id changes, every step that led to it still does; templates are left to their author. */
export function replaceStep(draft: Draft, id: string, next: DraftStep): Draft {
  return withSteps(
    draft,
    draft.steps.map((step) => {
      const replaced = step.id === id ? next : step;
      return next.id === id ? replaced : redirect(replaced, id, next.id);
    }),
  );
}

/** Moves a step one place up or down in the list. The first step is where a run begins. */
export function moveStep(draft: Draft, id: string, by: -1 | 1): Draft {
  const from = draft.steps.findIndex((step) => step.id === id);
  const to = from + by;
  const step = draft.steps[from];
  const other = draft.steps[to];
  if (step === undefined || other === undefined) return draft;
  return withSteps(draft, draft.steps.with(from, other).with(to, step));
}
