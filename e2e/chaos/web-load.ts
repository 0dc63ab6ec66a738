import { setTimeout } from "node:timers/promises";

/** How many ask at a time for each of the three, and how long each waits in between: a person may start four runs a second. */
const AT_ONCE = { starts: 1, reads: 2 };
const PAUSE_MS = 300;
const TOO_OFTEN = 429;

export interface Asked {
  url: string;
  slug: string;
  workflowId: string;
  /** The session of somebody who may start runs. */
  cookie: string;
}

export interface Load {
  /** Milliseconds that each answer took. */
  times: readonly number[];
  /** Runs whose start was confirmed, by the order each is for. */
  started: ReadonlyMap<string, string>;
  /** Answers that were wrong, in words. */
  faults: readonly string[];
  stop(): Promise<void>;
}

/** Starts runs, reads their list and reads a page, without a pause of more than a moment. */
export function startLoad({ url, slug, workflowId, cookie }: Asked): Load {
  const times: number[] = [];
  const started = new Map<string, string>();
  const faults: string[] = [];
  const state = { isStopped: false, orders: 0 };

  const asCall = { "content-type": "application/json", origin: url };
  const send = async (what: string, path: string, body?: string): Promise<string | undefined> => {
    const at = performance.now();
    try {
      const answer = await fetch(url + path, {
        redirect: "manual",
        ...(body === undefined ? { headers: { cookie } } : { method: "POST", body, headers: { cookie, ...asCall } }),
      });
      const text = await answer.text();
      times.push(performance.now() - at);
      if (answer.status === 200) return text;
      if (answer.status === TOO_OFTEN) {
        await setTimeout(Number(answer.headers.get("retry-after")) * 1_000);
        return undefined;
      }
      faults.push(`${what}: ${answer.status} ${text.slice(0, 200)}`);
    } catch (error) {
      faults.push(`${what}: ${String(error instanceof Error ? (error.cause ?? error) : error)}`);
    }
    return undefined;
  };
  const start = async () => {
    const order = `web-${(state.orders += 1)}`;
    const body = JSON.stringify({ workflowId, input: { order }, idempotencyKey: order });
    const text = await send("a start", `/api/trpc/${slug}/runs.start`, body);
    const runId = text === undefined ? undefined : /run_[0-9a-f]{32}/.exec(text)?.[0];
    if (runId !== undefined) started.set(order, runId);
  };
  const list = () => send("the list", `/api/trpc/${slug}/runs.list`, "{}");
  const page = () => send("a page", `/t/${slug}/switchboard`);

  const repeat = (ask: () => Promise<unknown>, atOnce: number) =>
    Array.from({ length: atOnce }, async () => {
      while (!state.isStopped) {
        await ask();
        await setTimeout(PAUSE_MS);
      }
    });
  const asking = [repeat(start, AT_ONCE.starts), repeat(list, AT_ONCE.reads), repeat(page, AT_ONCE.reads)].flat();
  return {
    ...{ times, started, faults },
    stop: async () => {
      state.isStopped = true;
      await Promise.all(asking);
    },
  };
}
