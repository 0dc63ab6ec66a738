import type { Atom } from "@/policies/access/atoms";
import { ATOM_BITS, atomBit, factsOf, rolesOf } from "@/policies/access/bits";
import {
  type Action,
  ENVIRONMENTS,
  type Environment,
  RISK_PROFILES,
  type RiskProfile,
  type Role,
} from "@/policies/access/vocabulary";

/** Questions that share an answer: all combinations of these roles, actions, places and risks where the relations hold. */
export interface Cube {
  actions: Action[];
  roles: Role[];
  /** Null: it does not matter, or the thing has none. */
  environment: Environment[] | null;
  riskProfile: RiskProfile[] | null;
  atoms: Partial<Record<Atom, boolean>>;
}

/** A box of questions about one action. All parts are sets of bits; `open` has the relations that do not matter. */
interface Box {
  roles: number;
  environment: number;
  risk: number;
  open: number;
  holding: number;
}

/** Boxes that differ in one part only become one. */
function joinBy(boxes: readonly Box[], part: "roles" | "environment" | "risk"): Box[] {
  const alike = Map.groupBy(boxes, (box) => JSON.stringify({ ...box, [part]: 0 }));
  return [...alike.values()].map((group) =>
    group.reduce((joined, box) => ({ ...joined, [part]: joined[part] | box[part] })),
  );
}

/** Boxes of which one has a relation and the other has it not become one in which it does not matter. */
function openBy(boxes: readonly Box[], bit: number): Box[] {
  const alike = Map.groupBy(boxes, ({ holding, ...box }) => JSON.stringify({ ...box, holding: holding & ~bit }));
  return [...alike.values()].flatMap((group) => {
    const [first, second] = group;
    return first === undefined || second === undefined
      ? group
      : [{ ...first, open: first.open | bit, holding: first.holding & ~bit }];
  });
}

function joined(boxes: readonly Box[]): Box[] {
  let now = [...boxes];
  for (;;) {
    const before = now.length;
    for (const atom of ATOM_BITS) now = openBy(now, atomBit(atom));
    for (const part of ["environment", "risk", "roles"] as const) now = joinBy(now, part);
    if (now.length === before) return now;
  }
}

function boxOf({ word, roles }: Point, counting: number): Box {
  const { environment, riskProfile } = factsOf(word);
  return {
    roles,
    environment: environment === null ? 0 : 1 << ENVIRONMENTS.indexOf(environment),
    risk: riskProfile === null ? 0 : 1 << RISK_PROFILES.indexOf(riskProfile),
    open: ATOM_BITS.reduce((open, atom) => ((counting & atomBit(atom)) === 0 ? open | atomBit(atom) : open), 0),
    holding: word & counting,
  };
}

/** A part that has all its words says nothing. */
const chosen = <T>(words: readonly T[], bits: number): T[] | null => {
  const named = words.filter((_, place) => (bits & (1 << place)) !== 0);
  return named.length === 0 || named.length === words.length ? null : named;
};

function cubeOf(action: Action, { roles, environment, risk, open, holding }: Box): Cube {
  const named = ATOM_BITS.filter((atom) => (open & atomBit(atom)) === 0);
  return {
    actions: [action],
    roles: rolesOf(roles),
    environment: chosen(ENVIRONMENTS, environment),
    riskProfile: chosen(RISK_PROFILES, risk),
    atoms: Object.fromEntries(named.map((atom) => [atom, (holding & atomBit(atom)) !== 0])),
  };
}

/** The facts of a question, and for which roles it is answered that way. */
export interface Point {
  word: number;
  roles: number;
}

/** The questions about one action as few cubes; `counting` has the bits of the relations that the words differ in. */
export function cubesOf(action: Action, points: readonly Point[], counting: number): Cube[] {
  const boxes = points.filter(({ roles }) => roles !== 0).map((point) => boxOf(point, counting));
  return joined(boxes).map((box) => cubeOf(action, box));
}

/** Cubes that differ in their actions only become one. */
export function mergeActions(cubes: readonly Cube[]): Cube[] {
  const alike = Map.groupBy(cubes, (cube) => JSON.stringify({ ...cube, actions: [] }));
  return [...alike.values()].map((group) =>
    group.reduce((merged, { actions }) => ({ ...merged, actions: [...merged.actions, ...actions] })),
  );
}
