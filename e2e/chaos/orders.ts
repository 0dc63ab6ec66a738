/** What each order's run does: two requests with computed steps between them, and a wait. */
export const STEPS = ["first", "note", "rest", "second", "sum"] as const;
/** Of these, those that ask the target. */
export const WORK_STEPS = ["first", "second"] as const;

/** What the target answers to a request, however often it is repeated. */
export const answerOf = (order: string, step: string) => `${step} of ${order}`;

/** What a run gives that did each step with what the one before gave. */
export const outputOf = (order: string) => `${answerOf(order, "first")}, then ${answerOf(order, "second")}`;

const request = (url: string, step: string) => ({
  ...{ method: "POST", url: `${url}/work` },
  body: { order: "{{ input.order }}", step },
});

/** The steps of a definition that asks this target. */
export const workSteps = (url: string) => [
  { id: "first", type: "http", request: request(url, "first"), next: "note" },
  { id: "note", type: "transform", expression: "steps.first.output.body.answer", next: "rest" },
  { id: "rest", type: "wait", seconds: 1, next: "second" },
  { id: "second", type: "http", request: request(url, "second"), next: "sum" },
  { id: "sum", type: "transform", expression: 'steps.note.output & ", then " & steps.second.output.body.answer' },
];

/** One step whose target ends every process that calls it. */
export const poisonSteps = (url: string) => [
  { id: "first", type: "http", request: { ...request(url, "first"), url: `${url}/poison` } },
];
