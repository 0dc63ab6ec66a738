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

/** Drawn around the steps that are taken within another: for each of its items, or side by side. */
export interface Frame {
  of: string;
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface StepLayout {
  width: number;
  height: number;
  /** Outer ones first. */
  frames: Frame[];
  steps: PlacedStep[];
  edges: PlacedEdge[];
}

export const STEP_WIDTH = 184;
export const STEP_HEIGHT = 44;
const MARGIN = 12;
const LABEL_MAX = 24;
const EVENLY_RANKED_MOST = 100;

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
    ...(step.body === undefined ? [] : [{ to: step.body, label: "" }]),
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

/** The steps of the ways that run within a step, however deep. */
function membersOf(step: GraphStep, known: ReadonlyMap<string, GraphStep>): Set<string> {
  const members = new Set<string>();
  const open = inward(step).map(({ to }) => to);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const found = known.get(id);
    if (found === undefined || members.has(id)) continue;
    members.add(id);
    open.push(...[...onward(found), ...inward(found)].map(({ to }) => to));
  }
  return members;
}

interface Within {
  of: string;
  /** Its node in the graph: no step's id has a space. */
  node: string;
  label: string;
  members: Set<string>;
}

/** What runs within which step, the widest first. Where a faulty definition leads back to the step itself there is no within. */
function withins(known: ReadonlyMap<string, GraphStep>): Within[] {
  return [...known.values()]
    .map((step) => ({
      ...{ of: step.id, node: `within ${step.id}`, members: membersOf(step, known) },
      label: step.type === "for-each" ? "for each item" : "side by side",
    }))
    .filter(({ of, members }) => members.size > 0 && !members.has(of))
    .sort((a, b) => b.members.size - a.members.size);
}

/** Places the steps of a definition from top to bottom; positions are the top left corners, in pixels. */
export function layoutSteps(steps: readonly GraphStep[]): StepLayout {
  const graph = new graphlib.Graph({ multigraph: true, compound: true });
  // The default ranks more evenly, and takes seconds over a thousand steps.
  const ranker = steps.length > EVENLY_RANKED_MOST ? "longest-path" : "network-simplex";
  graph.setGraph({ ranker, rankdir: "TB", nodesep: 28, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Map(steps.map((step) => [step.id, step]));
  for (const id of known.keys()) graph.setNode(id, { width: STEP_WIDTH, height: STEP_HEIGHT });
  const around = withins(known);
  // The widest first: what is within several belongs to the innermost.
  for (const { of, node, members } of around) {
    graph.setNode(node, {});
    const outer = graph.parent(of);
    if (outer !== undefined) graph.setParent(node, outer);
    for (const member of members) graph.setParent(member, node);
  }
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
    frames: around.map(({ of, node, label }) => {
      const { x, y, width: wide, height: high } = graph.node(node) as Record<"x" | "y" | "width" | "height", number>;
      return { of, label, x: x - wide / 2, y: y - high / 2, width: wide, height: high };
    }),
    edges: arrows.map(({ from, to, label, name }) => {
      const { points } = graph.edge(from, to, name) as { points: { x: number; y: number }[] };
      return { from, to, label, points: points.map(({ x, y }) => ({ x, y })) };
    }),
  };
}
