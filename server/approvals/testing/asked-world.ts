import { afterVote, endOf, opened, type Stage, type Standing } from "../domain/chain";

/** Two reviewers, then an administrator. */
export const STAGES: readonly Stage[] = [
  { role: "workflow_reviewer", quorum: 2, expires_hours: 1 },
  { role: "tenant_admin", quorum: 1, expires_hours: 2 },
];

/** Who is asked: two reviewers, and two administrators of whom one is enough. */
export const PEOPLE = {
  ann: "workflow_reviewer",
  bob: "workflow_reviewer",
  cay: "tenant_admin",
  dee: "tenant_admin",
} as const;
export type Person = keyof typeof PEOPLE;

/** One run that waits at its only step, an approval: what the pure rules say of it. Each action is one transaction. */
export interface World {
  asked: Standing;
  run: "open" | "succeeded" | "failed" | "killed";
  now: Date;
}

const START = new Date("2026-11-26T00:00:00Z");

export const ASKED: World = { asked: opened(STAGES, START), run: "open", now: START };

const vote =
  (person: Person, verdict: "approved" | "rejected") =>
  (world: World): World => {
    const isAsked = STAGES[world.asked.stage]?.role === PEOPLE[person];
    if (!isAsked || world.run !== "open") return world;
    return { ...world, asked: afterVote(STAGES, world.asked, { voterId: person, verdict }, world.now) };
  };

const settle = (world: World): World => {
  const end = endOf(world.asked, { isPointless: world.run !== "open", at: world.now });
  return end === null ? world : { ...world, asked: { ...world.asked, status: end } };
};

export const ACTIONS = {
  "ann approves": vote("ann", "approved"),
  "bob approves": vote("bob", "approved"),
  "cay approves": vote("cay", "approved"),
  "dee approves": vote("dee", "approved"),
  "ann rejects": vote("ann", "rejected"),
  "cay rejects": vote("cay", "rejected"),
  /** Its time passes, and nobody has looked yet. */
  "time passes": (world: World): World =>
    world.asked.status === "pending" && world.now < world.asked.dueAt ? { ...world, now: world.asked.dueAt } : world,
  settle,
  kill: (world: World): World => (world.run === "open" ? { ...world, run: "killed" } : world),
  /** A worker takes the run on: it ends once what it waits for has come. */
  turn: (world: World): World => {
    const { status } = world.asked;
    if (world.run !== "open" || status === "pending" || status === "void") return world;
    return { ...world, run: status === "approved" ? "succeeded" : "failed" };
  },
};
export type Action = keyof typeof ACTIONS;
export const ALL_ACTIONS = Object.keys(ACTIONS) as Action[];
