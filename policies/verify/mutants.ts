import type { Policy } from "@/policies/access/policy";
import type { Clause } from "@/policies/access/rule";
import { ENVIRONMENTS, isGoverned, RISK_PROFILES, ROLES, subjectOf } from "@/policies/access/vocabulary";
import type { Chained, ChainLine } from "@/policies/packs/schema";

/** A policy with one thing in it otherwise: what a slip of the hand could make of it. */
export interface Mutant {
  /** What is otherwise. */
  title: string;
  policy: Policy;
}

type Edit = readonly [what: string, clauses: readonly Clause[]];

/** A set with one word put in or taken out. A set of all words says as much as none. */
function toggled<Word>(
  words: readonly Word[],
  of: readonly Word[] | undefined,
  word: Word,
): readonly Word[] | undefined {
  const now = of ?? words;
  const next = now.includes(word)
    ? now.filter((each) => each !== word)
    : words.filter((each) => now.includes(each) || each === word);
  return next.length === words.length ? undefined : next;
}

function withPart<Name extends "environment" | "riskProfile">(
  clause: Clause,
  name: Name,
  set: Clause["when"][Name],
): Clause {
  const { [name]: _was, ...rest } = clause.when;
  return { ...clause, when: set === undefined ? rest : { ...rest, [name]: set } };
}

function* placeEdits(clause: Clause): Generator<Edit> {
  const governed = clause.actions.filter((action) => isGoverned(subjectOf(action)));
  if (governed.length === 0) return;
  for (const word of ENVIRONMENTS)
    yield [
      `environment ${word}`,
      [withPart(clause, "environment", toggled(ENVIRONMENTS, clause.when.environment, word))],
    ];
  for (const word of RISK_PROFILES)
    yield [`risk ${word}`, [withPart(clause, "riskProfile", toggled(RISK_PROFILES, clause.when.riskProfile, word))]];
}

function* relationEdits(clause: Clause): Generator<Edit> {
  const { atoms = {} } = clause.when;
  for (const [atom, value] of Object.entries(atoms)) {
    const others = Object.fromEntries(Object.entries(atoms).filter(([name]) => name !== atom));
    yield [`not asked whether ${atom}`, [{ ...clause, when: { ...clause.when, atoms: others } }]];
    yield [`${atom} turned`, [{ ...clause, when: { ...clause.when, atoms: { ...atoms, [atom]: !value } } }]];
  }
}

/** What one edit makes of a clause: nothing, or another. */
function* clauseEdits(clause: Clause): Generator<Edit> {
  yield ["taken out", []];
  for (const action of clause.actions) {
    const actions = clause.actions.filter((each) => each !== action);
    if (actions.length > 0) yield [`without ${action}`, [{ ...clause, actions }]];
  }
  if (clause.effect === "allow")
    for (const role of ROLES) {
      const roles = toggled(ROLES, clause.roles, role) ?? ROLES;
      if (roles.length > 0) yield [`role ${role}`, [{ ...clause, roles }]];
    }
  yield* placeEdits(clause);
  yield* relationEdits(clause);
}

type Stage = ChainLine["stages"][number];

function* stageEdits(stages: readonly Stage[]): Generator<readonly [what: string, stages: Stage[]]> {
  for (const [place, stage] of stages.entries()) {
    const put = (...with_: Stage[]) => [...stages.slice(0, place), ...with_, ...stages.slice(place + 1)];
    yield [`stage ${place + 1} left out`, put()];
    yield [`stage ${place + 1} asks one more`, put({ ...stage, quorum: stage.quorum + 1 })];
    if (stage.quorum > 1) yield [`stage ${place + 1} asks one less`, put({ ...stage, quorum: stage.quorum - 1 })];
    yield [`stage ${place + 1} waits longer`, put({ ...stage, expires_hours: stage.expires_hours + 1 })];
    const role = stage.role === "operator" ? "tenant_admin" : "operator";
    yield [`stage ${place + 1} asks ${role}`, put({ ...stage, role })];
  }
}

function* chainMutants(policy: Policy, chained: Chained): Generator<Mutant> {
  const lines = policy.pack.approvals[chained];
  const withLines = (title: string, next: ChainLine[]): Mutant => ({
    title: `the chain before ${chained}, ${title}`,
    policy: { ...policy, pack: { ...policy.pack, approvals: { ...policy.pack.approvals, [chained]: next } } },
  });
  for (const [place, line] of lines.entries()) {
    const put = (...with_: ChainLine[]) => [...lines.slice(0, place), ...with_, ...lines.slice(place + 1)];
    yield withLines(`line ${place + 1} left out`, put());
    for (const [what, stages] of stageEdits(line.stages))
      yield withLines(`line ${place + 1}, ${what}`, put({ ...line, stages }));
    for (const word of RISK_PROFILES) {
      const risk = toggled(RISK_PROFILES, line.risk, word);
      const { risk: _was, ...rest } = line;
      yield withLines(`line ${place + 1}, risk ${word}`, put(risk === undefined ? rest : { ...rest, risk: [...risk] }));
    }
    for (const word of ENVIRONMENTS) {
      const environment = toggled(ENVIRONMENTS, line.environment, word);
      const { environment: _was, ...rest } = line;
      yield withLines(
        `line ${place + 1}, environment ${word}`,
        put(environment === undefined ? rest : { ...rest, environment: [...environment] }),
      );
    }
  }
}

/** Every policy that one edit makes of another: of a clause, or of a chain of approval. */
export function* mutantsOf(policy: Policy): Generator<Mutant> {
  for (const [place, clause] of policy.clauses.entries())
    for (const [what, instead] of clauseEdits(clause)) {
      const clauses = [...policy.clauses.slice(0, place), ...instead, ...policy.clauses.slice(place + 1)];
      yield { title: `${clause.id} (${clause.actions[0] ?? ""} …), ${what}`, policy: { ...policy, clauses } };
    }
  yield* chainMutants(policy, "publish");
  yield* chainMutants(policy, "run");
}
