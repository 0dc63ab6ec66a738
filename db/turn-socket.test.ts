import { createServer, type AddressInfo } from "node:net";
import { expect, it, vi } from "vitest";
import { TurnSocket } from "./turn-socket";

it("sends what is written in one turn in one piece, and the next turn's after it", async () => {
  let received = "";
  let closed: () => void;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const server = createServer((peer) => {
    peer.on("data", (chunk) => (received += chunk.toString()));
    peer.on("close", () => closed());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = new TurnSocket();
  // What reaches the system; the network may join pieces on its own.
  const pieces = [vi.spyOn(socket, "_write"), vi.spyOn(socket, "_writev" as "_write")];
  const sent = () => pieces.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  await new Promise<void>((resolve) => socket.connect((server.address() as AddressInfo).port, "127.0.0.1", resolve));
  socket.setNoDelay(true);

  for (const part of ["a", "b", "c"]) {
    socket.write(part);
    // A promise's continuation is still the same turn.
    await Promise.resolve();
  }
  expect(sent()).toBe(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent()).toBe(1);
  socket.write("d");
  socket.write("e");
  // What still waits goes out before the end.
  socket.end();
  await isClosed;
  expect(received).toBe("abcde");
  expect(sent()).toBe(2);
  server.close();
});
