import { type AddressInfo, createServer, type Socket } from "node:net";

/** How a target may misbehave: a byte now and then, an open end, no word at all, an error, a cut line. */
export const MANNERS = ["drips", "never-ends", "is-silent", "fails", "resets"] as const;
export type Manner = (typeof MANNERS)[number];

const DRIP_MS = 10_000;
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n";

/** The path at which it behaves. */
export const WELL = "answers";

const BEHAVE: Readonly<Record<Manner | typeof WELL, (socket: Socket) => void>> = {
  [WELL]: (socket) => void socket.end(`${HEAD}content-length: 2\r\n\r\nok`),
  drips: (socket) => {
    socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
    const timer = setInterval(() => socket.write("x"), DRIP_MS);
    socket.once("close", () => clearInterval(timer));
  },
  "never-ends": (socket) => void socket.write(`${HEAD}\r\nx`),
  "is-silent": () => undefined,
  fails: (socket) => void socket.end("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n"),
  resets: (socket) => void socket.resetAndDestroy(),
};

export interface BadTarget {
  url: string;
  host: string;
  /** The most lines that were open at a time. */
  mostOpen(): number;
  stop(): Promise<void>;
}

/** A server whose path names how it misbehaves. */
export async function startBadTarget(): Promise<BadTarget> {
  const open = new Set<Socket>();
  let most = 0;
  const server = createServer((socket) => {
    open.add(socket);
    most = Math.max(most, open.size);
    socket.on("error", () => undefined);
    socket.once("close", () => open.delete(socket));
    socket.once("data", (chunk) => {
      const manner = /^\w+ \/([a-z-]+)/.exec(chunk.toString("latin1"))?.[1];
      const found = ([...MANNERS, WELL] as const).find((one) => one === manner);
      if (found === undefined) socket.destroy();
      else BEHAVE[found](socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url: `http://${host}`, host, mostOpen: () => most },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
