import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import canonicalize from "canonicalize";
import { z } from "zod";
import { type CallOutcome, Executor } from "./executor";
import { eventSchema, keptSchema, opsSchema, registerSchema } from "./protocol";
import { bodyOf, type ServerCall, type ServerRun } from "./run";
import { bearerOf, signatureFault, signatureOf } from "./signing";

export interface InngestServerOptions {
  signingKey: string;
  eventKey: string;
}

/** What the server and the product said to each other, by kind; a request that was refused counts as `refused`. */
export type Traffic = Readonly<Record<"events" | "registered" | "kept" | "calls" | "refused", number>>;

/** A server that speaks the protocol of Inngest, version 4, over real HTTP: signed both ways, or not at all. */
export interface InngestServer {
  url: string;
  traffic: Traffic;
  /** Lets a call go on from step to step, each kept by a request of its own; false: one call per step. */
  checkpoints: boolean;
  runs(functionId: string): readonly ServerRun[];
  /** Asks the product for its functions, signed, and has them told in the answer (`in_band`) or registered by a request. */
  sync(endpoint: string, how: "in_band" | "out_of_band"): Promise<string[]>;
  /** Makes every call that is to be made, and those that follow. Rejects when the product's answer cannot be trusted. */
  settle(): Promise<number>;
  /** Moves its clock, so that sleeps, timeouts, retries and batches fall due; `settle` makes what follows. */
  pass(ms: number): void;
  stop(): Promise<void>;
}

const failureSchema = z
  .looseObject({ name: z.string(), message: z.string() })
  .or(z.object({ error: z.string() }).transform(({ error }) => ({ name: "Error", message: error })));

function outcomeOf(status: number, noRetry: string | null, text: string): CallOutcome {
  const body: unknown = JSON.parse(text);
  if (status === 200) return { kind: "returned", data: body };
  if (status === 206) return { kind: "ops", ops: opsSchema.parse(body) };
  if (status === 400 || status === 500)
    return { kind: "threw", error: failureSchema.parse(body), isRetriable: noRetry !== "true" };
  throw new Error(`the product answered a call with status ${status}: ${text}`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** A refusal with its status. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export async function startInngestServer({ signingKey, eventKey }: InngestServerOptions): Promise<InngestServer> {
  const executor = new Executor();
  const traffic = { events: 0, registered: 0, kept: 0, calls: 0, refused: 0 };
  const product = { endpoint: "" };
  /** Calls that are out, by the id that the SDK names when it keeps a step. */
  const out = new Map<string, ServerCall>();

  const register = (body: unknown): string[] => {
    const { url, functions } = registerSchema.parse(body);
    product.endpoint = url;
    for (const each of functions) executor.functions.set(each.id, each);
    return functions.map(({ id }) => id);
  };

  const takeEvents = (body: unknown) => {
    const events = z.array(eventSchema).parse(body);
    const taken = events.map(({ id = randomUUID(), ts = executor.nowMs, ...event }) => ({ ...event, id, ts }));
    for (const event of taken) executor.take(event);
    traffic.events += taken.length;
    return { status: 200, ids: taken.map(({ id }) => id) };
  };

  const keep = (body: unknown) => {
    const { qi_id: callId, run_id: runId, steps } = keptSchema.parse(body);
    const call = out.get(callId);
    if (call?.run.id !== runId || call.run.status !== "running") throw new Refused(409, "the call is not out any more");
    executor.keep(call.run, steps);
    traffic.kept += steps.length;
    return {};
  };

  const answer = async (request: IncomingMessage): Promise<object> => {
    const path = new URL(request.url ?? "/", "http://server").pathname;
    const body = await readJson(request);
    if (request.method !== "POST") throw new Refused(405, "only POST");
    if (path.startsWith("/e/")) {
      if (path !== `/e/${eventKey}`) throw new Refused(401, "not the event key");
      return takeEvents(body);
    }
    if (request.headers.authorization !== bearerOf(signingKey)) throw new Refused(401, "not the signing key's hash");
    if (path === "/fn/register") {
      traffic.registered += 1;
      register(body);
      return { ok: true, status: 200, modified: true };
    }
    if (/^\/v1\/checkpoint\/[^/]+\/async$/.test(path)) return keep(body);
    throw new Refused(404, `this server has no ${path}`);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await answer(request).then(
      (found) => ({ status: 200, body: found }),
      (error: unknown) => {
        traffic.refused += 1;
        return { status: error instanceof Refused ? error.status : 400, body: { error: String(error) } };
      },
    );
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };

  /** Sends something signed, and gives the answer's text once its own signature has been checked. */
  const send = async (method: "POST" | "PUT", url: URL, body: object, headers: Record<string, string> = {}) => {
    const sent = canonicalize(body) ?? "";
    const response = await fetch(url, {
      ...{ method, body: sent },
      headers: {
        ...{ "content-type": "application/json", "x-inngest-server-kind": "cloud", ...headers },
        "x-inngest-signature": signatureOf(body, signingKey, Date.now()),
      },
    });
    const text = await response.text();
    const fault = signatureFault(text, response.headers.get("x-inngest-signature"), signingKey, Date.now());
    if (fault !== null) throw new Error(`the product's answer (${response.status}) is not trusted: ${fault}`);
    return { status: response.status, noRetry: response.headers.get("x-inngest-no-retry"), text };
  };

  const make = async (call: ServerCall): Promise<void> => {
    const url = new URL(product.endpoint);
    url.searchParams.set("fnId", call.run.functionId);
    url.searchParams.set("stepId", call.stepId);
    const callId = randomUUID();
    out.set(callId, call);
    traffic.calls += 1;
    try {
      const body = bodyOf(call, executor.maxAttempts(call.run), self.checkpoints ? callId : null);
      const { status, noRetry, text } = await send("POST", url, body, { "x-run-id": call.run.id });
      executor.apply(call, outcomeOf(status, noRetry, text));
    } finally {
      out.delete(callId);
    }
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const self: InngestServer = {
    checkpoints: true,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    traffic,
    runs: (functionId) => [...executor.runs.values()].filter((run) => run.functionId === functionId),
    sync: async (endpoint, how) => {
      const headers: Record<string, string> = how === "in_band" ? { "x-inngest-sync-kind": how } : {};
      const { status, text } = await send("PUT", new URL(endpoint), { url: endpoint }, headers);
      if (status !== 200) throw new Error(`the product did not tell its functions (${status}): ${text}`);
      return how === "in_band"
        ? register({ url: endpoint, ...(JSON.parse(text) as object) })
        : [...executor.functions.keys()];
    },
    settle: async () => {
      let made = 0;
      for (let call = executor.calls.shift(); call !== undefined; call = executor.calls.shift(), made += 1)
        if (call.run.status === "running") await make(call);
      return made;
    },
    pass: (ms) => executor.pass(ms),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}
