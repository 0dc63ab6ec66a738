import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";

export interface HttpTarget {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `host:port`, as EGRESS_ALLOW takes it. */
  readonly host: string;
  /** `<method> <path>` of every request so far. */
  readonly hits: string[];
  /** Idempotency keys in the order in which they came. */
  readonly keys: string[];
  /** What each request carried, in the order in which they came whole. */
  readonly messages: { headers: IncomingHttpHeaders; body: string }[];
  /** Statuses of the next answers, first to last; 200 when there are none left. */
  readonly nextStatuses: number[];
  /** Keeps the next request waiting for its answer: it has arrived, and is answered when told so. */
  delayNext(): { arrived: Promise<void>; answer: () => void };
}

interface Delay {
  arrived: () => void;
  answer: Promise<void>;
}

/** A real HTTP server on loopback for the tests of one file; `/bytes/<n>` answers with a body of that many. */
export function useHttpTarget(): HttpTarget {
  const delays: Delay[] = [];
  const delayNext = () => {
    const [arrived, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    delays.push({ arrived: arrived.resolve, answer: answer.promise });
    return { arrived: arrived.promise, answer: answer.resolve };
  };
  const seen = { hits: [] as string[], keys: [] as string[], nextStatuses: [] as number[] };
  const target: HttpTarget & { url: string; host: string } = { url: "", host: "", ...seen, messages: [], delayNext };
  const server = createServer((request, response) => {
    target.hits.push(`${request.method ?? ""} ${request.url ?? ""}`);
    target.keys.push(String(request.headers["idempotency-key"]));
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => target.messages.push({ headers: request.headers, body }));
    const status = target.nextStatuses.shift() ?? 200;
    const bytes = /^\/bytes\/(\d+)$/.exec(request.url ?? "")?.[1];
    const said = bytes === undefined ? { path: request.url } : "x".repeat(Number(bytes) - 2);
    const answer = () => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
    const delay = delays.shift();
    delay?.arrived();
    if (delay === undefined) answer();
    else void delay.answer.then(answer);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    target.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    target.url = `http://${target.host}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return target;
}
