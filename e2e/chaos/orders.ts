/** What each order's run does: requests one after the other, side by side and for each of a list, and a wait. */
export const STEPS = ["first", "note", "rest", "fork", "second", "all", "part[0]", "part[1]", "sum"] as const;
/** Of these, those that ask the target. */
export const WORK_STEPS = ["first", "second", "part[0]", "part[1]"] as const;

/** What the target answers to a request, however often it is repeated. */
export const answerOf = (order: string, step: string) => `${step} of ${order}`;

/** What a run gives that did each step with what the one before gave. */
export const outputOf = (order: string) => WORK_STEPS.map((step) => answerOf(order, step)).join(", ");

const request = (url: string, step: string) => ({
  ...{ method: "POST", url: `${url}/work` },
  body: { order: "{{ input.order }}", step },
});

/** The steps of a definition that asks this target. */
export const workSteps = (url: string) => [
  { id: "first", type: "http", request: request(url, "first"), next: "note" },
  { id: "note", type: "transform", expression: "steps.first.output.body.answer", next: "rest" },
  { id: "rest", type: "wait", seconds: 1, next: "fork" },
  { id: "fork", type: "parallel", branches: ["second", "all"], next: "sum" },
  { id: "second", type: "http", request: request(url, "second") },
  { id: "all", type: "for-each", items: "[0..1]", body: "part" },
  { id: "part", type: "http", request: request(url, "part[{{ index }}]") },
  {
    id: "sum",
    type: "transform",
    expression: '$join([steps.note.output, steps.second.output.body.answer, steps.all.output.body.answer], ", ")',
  },
];

/** One step whose target takes longer than a worker that stops waits for it: the first time. */
export const lateSteps = (url: string) => [
  {
    id: "first",
    type: "http",
    timeout_seconds: 30,
    retries: 0,
    request: { ...request(url, "first"), url: `${url}/late` },
  },
];

/** One step whose target ends every process that calls it. */
export const poisonSteps = (url: string) => [
  { id: "first", type: "http", request: { ...request(url, "first"), url: `${url}/poison` } },
];
