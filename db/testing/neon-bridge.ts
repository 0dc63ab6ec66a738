import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { WebSocketServer, createWebSocketStream } from "ws";

export interface NeonBridge {
  /** `host:port`, as NEON_WS_PROXY takes it. */
  address: string;
  stop: () => Promise<void>;
}

/** What Neon's WebSocket proxy does, on loopback: one WebSocket, one TCP connection to the Postgres it names. */
export async function startNeonBridge(): Promise<NeonBridge> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, request) => {
    const target = new URL(request.url ?? "/", "http://bridge").searchParams.get("address") ?? "";
    const [host = "", port = ""] = target.split(":");
    const stream = createWebSocketStream(socket);
    const postgres = connect(Number(port), host);
    stream.pipe(postgres).pipe(stream);
    // Either end may break first; the other is closed with it.
    stream.on("error", () => postgres.destroy());
    postgres.on("error", () => stream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
      }),
  };
}
