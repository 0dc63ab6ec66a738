import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/** What load balancers wait between two probes, at their quickest (milliseconds). */
const PROBE_EVERY_MS = 1_000;
const PROBE_WITHIN_MS = 2_000;

export interface Balancer {
  url: string;
  /** Where requests may go, by port. */
  setTargets(ports: readonly number[]): void;
  /** Those that are ready, as the last probes found them. */
  ready(): readonly number[];
  /** Requests that no process answered to the end, in words. */
  lost(): readonly string[];
  stop(): Promise<void>;
}

async function isReady(port: number): Promise<boolean> {
  const signal = AbortSignal.timeout(PROBE_WITHIN_MS);
  const answer = await fetch(`http://127.0.0.1:${port}/api/ready`, { signal }).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.status === 200;
}

/**
 * Sends requests in turn to the processes whose readiness is 200, over connections that it keeps, as a load balancer does. It
 * tries nothing twice: what a process drops is lost, and told.
 */
export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const lost: string[] = [];
  const state = { targets: [] as readonly number[], ready: [] as readonly number[], turn: 0, isStopped: false };

  const lose = (response: ServerResponse, words: string) => {
    lost.push(words);
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  };
  const pass = (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = "GET", url = "/", headers } = incoming;
    const port = state.ready[(state.turn += 1) % Math.max(1, state.ready.length)];
    if (port === undefined) {
      lose(response, `${method} ${url}: no process is ready`);
      return;
    }
    const asked = request({ agent, host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once("error", ({ message }) =>
        lose(response, `${method} ${url}: in the middle of the answer, ${message}`),
      );
    });
    asked.once("error", ({ message }) => lose(response, `${method} ${url}: ${message}`));
    incoming.pipe(asked);
  };

  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const probing = (async () => {
    while (!state.isStopped) {
      const { targets } = state;
      const found = await Promise.all(targets.map(isReady));
      state.ready = targets.filter((_, place) => found[place]);
      await setTimeout(PROBE_EVERY_MS);
    }
  })();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setTargets: (ports) => {
      state.targets = ports;
    },
    ready: () => state.ready,
    lost: () => lost,
    stop: async () => {
      state.isStopped = true;
      await probing;
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
