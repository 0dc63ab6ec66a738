import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";

export interface EchoTarget {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `host:port`, as EGRESS_ALLOW takes it. */
  readonly host: string;
  /** All that came, request by request: address, headers, body. */
  readonly received: string[];
}

/** A text in the ways in which targets write what they got. */
function written(text: string): Record<string, string> {
  const bytes = Buffer.from(text, "utf8");
  return {
    plain: text,
    shouted: text.toUpperCase(),
    base64: bytes.toString("base64"),
    base64url: bytes.toString("base64url"),
    hex: bytes.toString("hex"),
    url: encodeURIComponent(text),
    form: new URLSearchParams({ text }).toString(),
    json: JSON.stringify(text),
    [`as a key: ${text}`]: "",
  };
}

/**
 * A target that answers with all it ever got, in every way it can: `/status/<n>` with that status, `/elsewhere` with a
 * redirect to what its query's `to` says, `/plain` without saying that it is JSON, anything else with JSON and headers.
 */
export function useEchoTarget(): EchoTarget {
  const target = { url: "", host: "", received: [] as string[] };
  const answer = (request: IncomingMessage, body: string, response: ServerResponse) => {
    const url = new URL(request.url ?? "", "http://echo.test");
    const credentials = String(request.headers.authorization ?? request.headers["x-key"] ?? "");
    const parts = [url.searchParams.get("key") ?? "", credentials, credentials.replace("Bearer ", ""), body];
    target.received.push([request.url, JSON.stringify(request.headers), body].join("\n"));
    const echo = JSON.stringify({ now: parts.map(written), ever: written(target.received.join("\n")) });
    if (url.pathname === "/elsewhere") {
      response.writeHead(307, {
        location: `${url.searchParams.get("to") ?? ""}?key=${encodeURIComponent(parts[2] ?? "")}`,
      });
      response.end();
      return;
    }
    const status = Number(/^\/status\/(\d+)/.exec(url.pathname)?.[1] ?? 200);
    response.setHeader("x-echo", Buffer.from(JSON.stringify(parts), "utf8").toString("base64"));
    response.setHeader("x-plain", encodeURIComponent(parts.join(" ")));
    if (url.pathname !== "/plain") response.setHeader("content-type", "application/json");
    response.writeHead(status).end(url.pathname === "/plain" ? `<p>${JSON.stringify(echo)}</p>` : echo);
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => answer(request, body, response));
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    target.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    target.url = `http://${target.host}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return target;
}
