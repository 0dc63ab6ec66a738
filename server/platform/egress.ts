import { type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { createBrotliDecompress, createUnzip } from "node:zlib";
import type { Readable } from "node:stream";
import type { EgressPolicy } from "./egress-policy";
import { lookUp } from "./look-up";

export interface EgressRequest {
  /** Whose call it is: look-ups of names are shared out by it. */
  tenantId: string;
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Whole exchange, look-ups and redirects included. */
  timeoutMs: number;
  /** What it carries is for this scheme, host and port alone: a redirect that leaves them is refused. */
  isForOrigin?: boolean;
}

export interface EgressAnswer {
  status: number;
  headers: Record<string, string>;
  /** The decoded text, at most MAX_ANSWER_BYTES of it. */
  body: string;
  /** Where the answer came from, after redirects. */
  url: string;
}

export type EgressReason =
  | "forbidden-url"
  | "forbidden-address"
  | "forbidden-redirect"
  | "unknown-host"
  | "too-many-redirects"
  | "too-large"
  | "timeout"
  | "connection";

/** An exchange that did not give an answer. `isRetriable`: a later attempt may fare better. */
export class EgressError extends Error {
  readonly reason: EgressReason;
  readonly isRetriable: boolean;
  constructor(reason: EgressReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "EgressError";
    this.reason = reason;
    this.isRetriable = reason === "timeout" || reason === "connection" || reason === "unknown-host";
  }
}

/** Largest answer that is kept, decoded, in bytes. */
export const MAX_ANSWER_BYTES = 1_000_000;
const MAX_HEADER_BYTES = 32 * 1_024;
const MAX_REDIRECTS = 5;
/** Headers that speak for the caller to one host only. */
const CREDENTIALS = /^(authorization|cookie|proxy-authorization|x-api-key|idempotency-key)$/i;

function parseTarget(url: string): URL {
  const target = URL.parse(url);
  if (target === null || (target.protocol !== "http:" && target.protocol !== "https:"))
    throw new EgressError("forbidden-url", "Only http and https URLs may be called.");
  if (target.username !== "" || target.password !== "")
    throw new EgressError("forbidden-url", "A URL with user or password may not be called.");
  return target;
}

/** Every address of the host, checked: one that may not be reached refuses the host, whatever its other addresses are. */
async function checkedAddress(
  target: URL,
  policy: EgressPolicy,
  asker: { tenantId: string; signal: AbortSignal },
): Promise<{ address: string; family: number }> {
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const port = Number(target.port || (target.protocol === "https:" ? 443 : 80));
  const addresses =
    isIP(host) === 0
      ? await lookUp(host, asker).catch((cause: unknown) => {
          asker.signal.throwIfAborted();
          throw new EgressError("unknown-host", `The host ${host} cannot be found.`, { cause });
        })
      : [{ address: host, family: isIP(host) }];
  const closed = addresses.find(({ address }) => !policy.mayConnect({ host, port, address }));
  const [first] = addresses;
  if (closed !== undefined || first === undefined)
    throw new EgressError(
      "forbidden-address",
      `The host ${host} is not on the public internet, and this deployment does not allow it (EGRESS_ALLOW).`,
    );
  return first;
}

function decoded(answer: IncomingMessage): Readable {
  const encoding = answer.headers["content-encoding"]?.toLowerCase();
  if (encoding === "gzip" || encoding === "deflate" || encoding === "x-gzip") return answer.pipe(createUnzip());
  return encoding === "br" ? answer.pipe(createBrotliDecompress()) : answer;
}

async function readCapped(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream = decoded(answer);
  // `pipe` does not carry an error of its source along.
  if (stream !== answer) answer.once("error", (error) => stream.destroy(error));
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES)
      throw new EgressError("too-large", `The answer is larger than ${MAX_ANSWER_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function exchange(
  target: URL,
  call: EgressRequest,
  policy: EgressPolicy,
  signal: AbortSignal,
): Promise<EgressAnswer & { location: string | undefined }> {
  const pinned = await checkedAddress(target, policy, { tenantId: call.tenantId, signal });
  const send = target.protocol === "https:" ? httpsRequest : httpRequest;
  let sent: ClientRequest | undefined;
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      sent = send(
        target,
        {
          method: call.method,
          headers: { "user-agent": "maestro-conductor", "accept-encoding": "identity", ...call.headers },
          // The address that was checked is the one connected to: a second look-up could give another.
          lookup: (_host, options, done) => {
            if (options.all === true) done(null, [pinned]);
            else done(null, pinned.address, pinned.family);
          },
          agent: false,
          maxHeaderSize: MAX_HEADER_BYTES,
          signal,
        },
        resolve,
      );
      sent.once("error", reject);
      sent.end(call.body);
    });
    const isRedirect =
      [301, 302, 303, 307, 308].includes(answer.statusCode ?? 0) && answer.headers.location !== undefined;
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : (value ?? ""),
      ]),
    );
    const body = isRedirect ? "" : await readCapped(answer);
    // An answer without a length ends where its line does, so that one which was cut for its time looks like a whole one.
    signal.throwIfAborted();
    return {
      status: answer.statusCode ?? 0,
      headers,
      body,
      url: target.toString(),
      location: isRedirect ? answer.headers.location : undefined,
    };
  } finally {
    sent?.destroy();
  }
}

/** The call to make after a redirect: credentials stay behind on a change of host, and 303 turns into GET (RFC 9110). */
function redirected(call: EgressRequest, from: URL, to: URL, status: number): EgressRequest {
  const becomesGet = status === 303 || ((status === 301 || status === 302) && call.method === "POST");
  const headers = Object.fromEntries(
    Object.entries(call.headers).filter(
      ([name]) => (from.origin === to.origin || !CREDENTIALS.test(name)) && !(becomesGet && /^content-/i.test(name)),
    ),
  );
  const { body, ...rest } = call;
  return {
    ...rest,
    url: to.toString(),
    headers,
    method: becomesGet ? "GET" : call.method,
    ...(becomesGet || body === undefined ? {} : { body }),
  };
}

function asEgressError(error: unknown, timeoutMs: number, signal: AbortSignal): EgressError {
  if (error instanceof EgressError) return error;
  if (signal.aborted)
    return new EgressError("timeout", `No full answer within ${timeoutMs / 1_000} s.`, { cause: error });
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  return new EgressError("connection", `The connection failed (${code}).`, { cause: error });
}

/**
 * One outgoing HTTP call, guarded: every address of the host is checked, the checked address is the one connected to,
 * every redirect is checked again, and size and time are capped. Throws EgressError.
 */
export async function callOut(call: EgressRequest, policy: EgressPolicy): Promise<EgressAnswer> {
  const signal = AbortSignal.timeout(call.timeoutMs);
  let current = call;
  try {
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const target = parseTarget(current.url);
      const { location, ...answer } = await exchange(target, current, policy, signal);
      if (location === undefined) return answer;
      const to = URL.parse(location, target);
      if (to === null) throw new EgressError("forbidden-url", "The target redirects to something that is no URL.");
      if (call.isForOrigin === true && to.origin !== target.origin)
        throw new EgressError(
          "forbidden-redirect",
          "The target redirects to another host or port. The call carries a secret, so it was not followed.",
        );
      current = redirected(current, target, to, answer.status);
    }
    throw new EgressError("too-many-redirects", `The target redirects more than ${MAX_REDIRECTS} times.`);
  } catch (error) {
    throw asEgressError(error, call.timeoutMs, signal);
  }
}
