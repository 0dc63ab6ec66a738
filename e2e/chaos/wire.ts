import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** The line between the workers and Postgres, in our hands. */
export interface Wire {
  port: number;
  /** The next commit of any worker reaches Postgres, and its answer does not come back. Gives the worker's name. */
  loseAnswer(): Promise<string>;
  stop(): Promise<void>;
}

const NAME = /application_name\0([^\0]+)\0/;
const COMMIT = /commit/i;

export async function startWire(postgresPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let lose: ((worker: string) => void) | undefined;

  const server = createServer((worker) => {
    const postgres = connect(postgresPort, "127.0.0.1");
    let name: string | undefined;
    let isLost = false;
    const close = () => [worker, postgres].forEach((socket) => socket.destroy());
    for (const socket of [worker, postgres]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", close);
      socket.on("close", () => {
        sockets.delete(socket);
        close();
      });
    }
    worker.on("data", (chunk: Buffer) => {
      // The names of all parameters are in the first message of a connection.
      name ??= NAME.exec(chunk.toString("latin1"))?.[1] ?? "";
      if (lose !== undefined && name !== "" && COMMIT.test(chunk.toString("latin1"))) {
        isLost = true;
        lose(name);
        lose = undefined;
      }
      postgres.write(chunk);
    });
    postgres.on("data", (chunk: Buffer) => {
      if (isLost) close();
      else worker.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswer: () => new Promise((resolve) => (lose = resolve)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
