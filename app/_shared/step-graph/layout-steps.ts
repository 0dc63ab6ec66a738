import { graphlib, layout } from "@dagrejs/dagre";

/** A step as far as a drawing of it needs. */
export interface GraphStep {
  id: string;
  type: string;
  name?: string | undefined;
  next?: string | undefined;
  cases?: readonly { when: string; next: string }[];
  otherwise?: string | undefined;
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

/** Where a step leads, with what an arrow of a branch says. A faulty definition may name steps that are not there. */
export function arrowsOf(step: GraphStep): { to: string; label: string }[] {
  const arrows =
    step.type === "branch"
      ? [
          ...(step.cases ?? []).map(({ when, next }) => ({ to: next, label: short(when) })),
          { to: step.otherwise, label: "otherwise" },
        ]
      : [{ to: step.next, label: "" }];
  return arrows.flatMap(({ to, label }) => (to === undefined || to === "" ? [] : [{ to, label }]));
}

/** Places the steps of a definition from top to bottom; positions are the top left corners, in pixels. */
export function layoutSteps(steps: readonly GraphStep[]): StepLayout {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Map(steps.map((step) => [step.id, step]));
  for (const id of known.keys()) graph.setNode(id, { width: STEP_WIDTH, height: STEP_HEIGHT });
  const arrows = [...known.values()].flatMap((step) =>
    arrowsOf(step)
      .filter(({ to }) => known.has(to))
      .map(({ to, label }, index) => ({ from: step.id, to, label, name: String(index) })),
  );
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
