import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { Line } from "./caller";
import type { Hit } from "./evidence";
import { answerOf } from "./orders";

const askedSchema = z.object({ order: z.string(), step: z.string() });

/** Milliseconds that an answer takes: long enough to be killed in. */
const SHORTEST_MS = 5;
const LONGEST_MS = 40;
/** Longer than a worker that is asked to stop waits for what it has begun. */
const LATE_MS = 20_000;

export interface Target {
  url: string;
  host: string;
  hits: readonly Hit[];
  stop(): Promise<void>;
}

export interface TargetOptions {
  chance: () => number;
  /** The worker that called over a line; null for one that is gone. */
  workerAt: (line: Line) => string | null;
  /** Called with a request that has come in, and again once it was answered. */
  tell: (point: "body" | "answered", hit: Hit) => void;
  /** Called with a request of a poison step. */
  poison: (hit: Hit) => void;
}

/** A server that does what it is asked, idempotently, and writes down who asked what, when, with which key. */
export async function startTarget({ chance, workerAt, tell, poison }: TargetOptions): Promise<Target> {
  const hits: Hit[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      const at = performance.now();
      const { order, step } = askedSchema.parse(JSON.parse(body));
      const key = String(request.headers["idempotency-key"]);
      const { remotePort: from = 0, localPort: to = 0 } = request.socket;
      const hit = { at, key, order, step, worker: workerAt({ from, to }) };
      hits.push(hit);
      if (request.url === "/poison") {
        poison(hit);
        return;
      }
      tell("body", hit);
      response.on("finish", () => tell("answered", hit));
      const answer = () => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ answer: answerOf(order, step) }));
      };
      const isLate = request.url === "/late" && hits.filter((one) => one.key === key).length === 1;
      setTimeout(answer, isLate ? LATE_MS : SHORTEST_MS + chance() * (LONGEST_MS - SHORTEST_MS));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url: `http://${host}`, host, hits },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
