import { graphlib, layout } from "@dagrejs/dagre";

/** A step as far as a drawing of it needs. */
export interface GraphStep {
  id: string;
  type: string;
  name?: string | undefined;
  next?: string | undefined;
  cases?: readonly { when: string; next: string }[];
  otherwise?: string | undefined;
  branches?: readonly string[];
  body?: string;
}

export interface PlacedStep {
  id: string;
  type: string;
  title: string;
  x: number;
  y: number;
}

export interface PlacedEdge {
  from: string;
  to: string;
  label: string;
  points: readonly { x: number; y: number }[];
}

export interface StepLayout {
  width: number;
  height: number;
  steps: PlacedStep[];
  edges: PlacedEdge[];
}

export const STEP_WIDTH = 184;
export const STEP_HEIGHT = 44;
const MARGIN = 12;
const LABEL_MAX = 24;

const short = (text: string) => (text.length > LABEL_MAX ? `${text.slice(0, LABEL_MAX - 1)}…` : text);

interface Arrow {
  from: string;
  to: string;
  label: string;
}

const named = (from: string, arrows: readonly { to: string | undefined; label: string }[]): Arrow[] =>
  arrows.flatMap(({ to, label }) => (to === undefined || to === "" ? [] : [{ from, to, label }]));

/** Where a step leads on its own way. */
function onward(step: GraphStep): Arrow[] {
  if (step.type !== "branch") return named(step.id, [{ to: step.next, label: "" }]);
  const cases = (step.cases ?? []).map(({ when, next }) => ({ to: next, label: short(when) }));
  return named(step.id, [...cases, { to: step.otherwise, label: "otherwise" }]);
}

/** Where the ways begin that run within a step. */
const inward = (step: GraphStep): Arrow[] =>
  named(step.id, [
    ...(step.branches ?? []).map((to) => ({ to, label: "" })),
    ...(step.body === undefined ? [] : [{ to: step.body, label: "each item" }]),
  ]);

/** The steps with which a way ends that begins at one; where the last runs steps of its own, those that end them. */
function endsOf(first: string, known: ReadonlyMap<string, GraphStep>): string[] {
  const seen = new Set<string>();
  const ends: string[] = [];
  const open = [first];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = known.get(id);
    if (step === undefined || seen.has(id)) continue;
    seen.add(id);
    const further = onward(step);
    const within = further.length === 0 ? inward(step) : [];
    if (further.length + within.length === 0) ends.push(id);
    open.push(...[...further, ...within].map(({ to }) => to));
  }
  return ends;
}

/**
 * What leads where, with what an arrow says: into the ways that run within a step, and from where they end to what follows
 * it. A faulty definition may name steps that are not there.
 */
export function arrowsOf(steps: readonly GraphStep[]): Arrow[] {
  const known = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap((step) => {
    const within = inward(step);
    if (within.length === 0) return onward(step);
    const ends = new Set(within.flatMap(({ to }) => endsOf(to, known)));
    return [...within, ...onward(step).flatMap((arrow) => [...ends].map((from) => ({ ...arrow, from })))];
  });
}

/** Places the steps of a definition from top to bottom; positions are the top left corners, in pixels. */
export function layoutSteps(steps: readonly GraphStep[]): StepLayout {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Map(steps.map((step) => [step.id, step]));
  for (const id of known.keys()) graph.setNode(id, { width: STEP_WIDTH, height: STEP_HEIGHT });
  const arrows = arrowsOf([...known.values()])
    .filter(({ to }) => known.has(to))
    .map((arrow, index) => ({ ...arrow, name: String(index) }));
  for (const { from, to, label, name } of arrows)
    graph.setEdge(
      from,
      to,
      { width: label === "" ? 0 : label.length * 6, height: label === "" ? 0 : 14, labelpos: "c" },
      name,
    );
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.max(width, STEP_WIDTH + 2 * MARGIN),
    height: Math.max(height, STEP_HEIGHT + 2 * MARGIN),
    steps: [...known.values()].map(({ id, type, name }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return { id, type, title: name ?? id, x: x - STEP_WIDTH / 2, y: y - STEP_HEIGHT / 2 };
    }),
    edges: arrows.map(({ from, to, label, name }) => {
      const { points } = graph.edge(from, to, name) as { points: { x: number; y: number }[] };
      return { from, to, label, points: points.map(({ x, y }) => ({ x, y })) };
    }),
  };
}
