import { abilityOf } from "@/policies/access/ability";
import { mayByBits, roleBits, wordOf } from "@/policies/access/bits";
import { explain } from "@/policies/access/explain";
import { replay, VOCABULARY_VERSION } from "@/policies/access/replay";
import { subjectOf } from "@/policies/access/vocabulary";
import { shippedPolicy } from "@/policies/packs";
import { compare } from "@/policies/simulate/compare";
import { type Question, space } from "@/policies/verify/space";
import { watchForeignCpu } from "./foreign-cpu";
import { casbin } from "./peers/casbin";
import { cedar } from "./peers/cedar";
import { type Figure, FOREIGN_CORES_MAX, type Report, rounded } from "./report";

const PROFILE = "conductor-governance-saas";
/** Questions, spread evenly over all there are, that everybody is asked. */
const ASKED = 2_000;
/** Peers are slower by hundreds of times, and are asked fewer of the same. */
const ASKED_OF_PEERS = 400;
const ROUNDS = 5;
const RECORDED = 1_000_000;
const ROWS = 1_000;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Each question is asked so often in a row that a timer's own cost is nothing. */
const IN_A_ROW = 200;

/** Microseconds that a question takes, half of them at most: of each the median of rounds, and of these the median. */
function microseconds<Q>(questions: readonly Q[], answer: (question: Q) => unknown, inARow = IN_A_ROW): number {
  const times = questions.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [place, question] of questions.entries()) {
      const at = performance.now();
      for (let count = 0; count < inARow; count += 1) answer(question);
      times[place]?.push(((performance.now() - at) * 1_000) / inARow);
    }
  return median(times.map(median));
}

const spread = <T>(all: readonly T[], count: number): T[] => {
  const every = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, place) => place % every === 0).slice(0, count);
};

/**
 * How long an answer takes in each form, beside a look-up in a Map as the floor, and beside others on the same questions.
 * Cerbos is not among them: it is a server of its own, in no package of npm or Debian.
 */
export async function run({ scale = 1 }: { scale?: number } = {}): Promise<Report> {
  const foreign = watchForeignCpu();
  const policy = shippedPolicy(PROFILE);
  const questions = spread([...space(policy)], ASKED);
  const few = spread(questions, ASKED_OF_PEERS);
  // What a call brings along: the thing with its attributes, and the facts as a word.
  const asked = new Map(
    questions.map((question) => {
      const { action, role, atoms, environment, riskProfile } = question;
      const thing = {
        subject: subjectOf(action),
        ...atoms,
        ...(environment === null ? {} : { environment, riskProfile }),
      };
      return [question, { thing, word: wordOf(question), bits: roleBits([role]), roles: [role] }] as const;
    }),
  );
  const of = (question: Question) => {
    const found = asked.get(question);
    if (found === undefined) throw new Error("only what is spread is asked");
    return found;
  };
  const byBits = (question: Question) => mayByBits(policy, of(question).bits, question.action, of(question).word);
  const byCasl = (question: Question) => abilityOf(policy, of(question).roles).can(question.action, of(question).thing);
  const known = new Map(questions.map((question) => [question, byBits(question)]));
  const [byCedar, byCasbin] = [cedar(policy), await casbin(policy)];
  const differing = few.filter(
    (question) => new Set([known.get(question), byCasl(question), byCedar(question), byCasbin(question)]).size > 1,
  );
  if (differing.length > 0) throw new Error(`answers differ: ${JSON.stringify(differing[0])}`);

  // Each form looks its question up first; that is what the floor is, so it is taken off.
  const floor = microseconds(questions, (question) => of(question));
  const net = (value: number) => rounded(Math.max(0, value - floor), 3);
  const us = (value: number, what: string): Figure => ({ value, unit: `µs, ${what}` });
  const bits = net(microseconds(questions, byBits));
  const casl = net(microseconds(questions, byCasl));
  const denied = questions.filter((question) => known.get(question) === false);
  const explained = net(
    microseconds(denied, (question) => explain(policy, of(question).bits, question.action, of(question).word)),
  );
  // Rows as a list has them: their facts are known, and one member asks the same of all.
  const words = Array.from({ length: ROWS }, (_, place) => of(questions[place % questions.length] as Question).word);
  const operator = roleBits(["operator"]);
  const filter = () => words.filter((word) => mayByBits(policy, operator, "run.read", word));
  const filtered = rounded(microseconds([filter], (ask) => ask()) / 1_000, 3);
  const other = shippedPolicy("conductor-governance-white-label");
  const diffs = Array.from({ length: 5 }, () => {
    const at = performance.now();
    compare(policy, other);
    return performance.now() - at;
  });
  const recorded = Math.round(RECORDED * scale);
  const at = performance.now();
  for (let place = 0; place < recorded; place += 1) {
    const question = questions[place % questions.length] as Question;
    const { word, bits: roles } = of(question);
    replay([other], question.action, { vocabulary: VOCABULARY_VERSION, profile: PROFILE, roles, word });
  }
  const replayed = (performance.now() - at) / 1_000;
  const [cedarUs, casbinUs] = [microseconds(few, byCedar, 1), microseconds(few, byCasbin, 1)].map((value) =>
    rounded(value, 1),
  );
  const foreignCpuCores = rounded(foreign());
  return {
    name: "policy",
    figures: {
      cached: us(casl, "p50 of a decision by the cached CASL ability"),
      bitmask: us(bits, "p50 of the same by bit masks"),
      explanation: us(explained, "p50 of why something was denied"),
      filter: { value: filtered, unit: `ms, ${ROWS} rows filtered` },
      diff: { value: rounded(Math.min(...diffs), 1), unit: "ms, two packs compared over every question" },
      replay: { value: rounded(replayed), unit: `s, ${recorded} recorded decisions put to another pack` },
      cedar: us(cedarUs ?? 0, "p50 of the same questions by Cedar as WebAssembly, its policies parsed before"),
      casbin: us(casbinUs ?? 0, "p50 of the same questions by casbin"),
    },
    floor: { value: rounded(floor, 3), unit: "µs, a look-up in a Map" },
    ratio: rounded(bits / floor),
    foreignCpuCores,
    void: foreignCpuCores > FOREIGN_CORES_MAX,
    runs: [{ questions: questions.length, ofPeers: few.length, equal: few.length - differing.length }],
  };
}
