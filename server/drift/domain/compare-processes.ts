import type { Difference } from "./difference";

export interface ServingProcess {
  id: string;
  kind: "web" | "worker";
  host: string;
  pid: number;
  revision: string;
  policy: string;
  startedAt: Date;
  seenAt: Date;
}

/** Milliseconds: who has not said for so long that it is there, is not. Several of their marks. */
export const GONE_AFTER_MS = 60_000;
/** Milliseconds after the newest process began, in which others may still run what was there before. */
const ROLLOUT_MS = 5 * 60_000;

/** Where a process that serves runs other code, or decides by other packs, than this code. While a release is rolled out, none. */
export function compareProcesses(
  processes: readonly ServingProcess[],
  own: { revision: string; policy: string },
  now: Date,
): Difference[] {
  const there = processes.filter(({ seenAt }) => now.getTime() - seenAt.getTime() <= GONE_AFTER_MS);
  const newest = Math.max(...there.map(({ startedAt }) => startedAt.getTime()));
  if (now.getTime() - newest < ROLLOUT_MS) return [];
  const words = (of: { revision: string; policy: string }) => `build ${of.revision}, packs ${of.policy}`;
  return there
    .filter(({ revision, policy }) => revision !== own.revision || policy !== own.policy)
    .map((one) => ({
      kind: "process",
      key: `process:${one.id}`,
      title: `A ${one.kind} process on ${one.host} runs other code than is deployed`,
      ...{ expected: words(own), found: words(one) },
      // What watches over processes starts it again, from what is deployed.
      undo: { runs: "command", text: `kill -TERM ${one.pid} # on ${one.host}` },
    }));
}
