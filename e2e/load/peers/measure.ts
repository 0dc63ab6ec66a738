import { asOwner } from "../as-owner";
import { closedLoop } from "../latencies";
import type { PeerRound } from "../report";
import { ROUNDS, RUNS, RUNS_ALONE, shown, WARM_UP, WIDTH } from "../runs-asked";

/** The database of the peer that this process runs. */
export function givenDatabase(): string {
  const [, , url] = process.argv;
  if (url === undefined) throw new Error("the database's address is missing");
  return url;
}

/** Measures a peer as the product is measured, and prints its rounds as JSON. `run` does one run of five steps. */
export async function measurePeer(url: string, run: (index: number) => Promise<void>): Promise<void> {
  await closedLoop(WARM_UP, WIDTH, run);
  await asOwner(url, "vacuum analyze");
  const rounds: PeerRound[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const many = shown(await closedLoop(RUNS, WIDTH, run));
    const alone = shown(await closedLoop(RUNS_ALONE, 1, run));
    rounds.push({ ...many, p50Alone: alone.p50, p99Alone: alone.p99 });
  }
  process.stdout.write(JSON.stringify(rounds));
}
