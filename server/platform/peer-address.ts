import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * From now on, every request to this process carries the address that connected as the last entry of X-Forwarded-For,
 * as a proxy would write it. Next alone writes it only where the caller sent no such header, so it kept a forged one.
 */
export function recordPeerAddresses(): void {
  subscribe("http.server.request.start", (message) => {
    // The cast: Node's documentation gives this shape, its types do not (diagnostics_channel, built-in channels).
    const { request } = message as { request: IncomingMessage };
    const claimed = request.headers["x-forwarded-for"];
    const peer = request.socket.remoteAddress ?? "unknown";
    request.headers["x-forwarded-for"] = claimed === undefined ? peer : `${[claimed].flat().join(", ")}, ${peer}`;
  });
}
