import { createServer, type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { TurnSocket } from "./turn-socket";

it("sends what is written in one turn in one piece, and the next turn's after it", async () => {
  const pieces: string[] = [];
  let closed: () => void;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const server = createServer((peer) => {
    peer.on("data", (chunk) => pieces.push(chunk.toString()));
    peer.on("close", () => closed());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = new TurnSocket();
  await new Promise<void>((resolve) => socket.connect((server.address() as AddressInfo).port, "127.0.0.1", resolve));
  socket.setNoDelay(true);

  for (const part of ["a", "b", "c"]) {
    socket.write(part);
    // A promise's continuation is still the same turn.
    await Promise.resolve();
  }
  await new Promise((resolve) => setImmediate(resolve));
  await expect.poll(() => pieces).toEqual(["abc"]);
  socket.write("d");
  socket.end("e");
  await isClosed;
  expect(pieces.join("|")).toBe("abc|de");
  server.close();
});
