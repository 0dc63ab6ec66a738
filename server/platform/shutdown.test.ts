import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as Shutdown from "./shutdown";

const DELAY_MS = 5_000;
let before: NodeJS.SignalsListener[];
let heard: string[];
// As each process has it: a module of its own for each case.
let shutdown: typeof Shutdown;

beforeEach(async () => {
  shutdown = await import("./shutdown");
  before = process.listeners("SIGTERM");
  process.removeAllListeners("SIGTERM");
  heard = [];
  // As Next does, before ours.
  process.on("SIGTERM", (signal) => void heard.push(signal));
  vi.spyOn(process, "exit").mockImplementation((code) => void heard.push(`exit ${String(code)}`) as never);
});

afterEach(() => {
  process.removeAllListeners("SIGTERM");
  for (const listener of before) process.on("SIGTERM", listener);
  vi.restoreAllMocks();
  vi.useRealTimers();
  Object.assign(globalThis, { conductorShutdown: undefined });
  vi.resetModules();
});

describe("a process that is asked to end", () => {
  it("says so at once, and goes on for as long as others take to notice", () => {
    vi.useFakeTimers();
    shutdown.shutDownInOrder({ delayMs: DELAY_MS });
    expect(shutdown.isShuttingDown()).toBe(false);
    process.emit("SIGTERM", "SIGTERM");
    expect(shutdown.isShuttingDown()).toBe(true);
    vi.advanceTimersByTime(DELAY_MS - 1);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(["SIGTERM"]);
  });

  it("is ended by itself when what is under way takes too long, and not sooner for being asked again", () => {
    vi.useFakeTimers();
    shutdown.shutDownInOrder({ delayMs: DELAY_MS });
    process.emit("SIGTERM", "SIGTERM");
    vi.advanceTimersByTime(DELAY_MS / 2);
    process.emit("SIGTERM", "SIGTERM");
    vi.advanceTimersByTime(DELAY_MS / 2 + shutdown.FINISH_MS - 1);
    expect(heard).toEqual(["SIGTERM"]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(["SIGTERM", "exit 1"]);
  });
});

describe("connections of a process that is asked to end", () => {
  let server: Server;
  let finish: () => void;

  beforeEach(async () => {
    const { prepareRequests } = await import("./request-start");
    prepareRequests({ isHttps: false, isDevelopment: false });
    const isLetGo = new Promise<void>((resolve) => (finish = resolve));
    server = createServer((request, response) => {
      if (request.url !== "/slow") response.end("done");
      else void isLetGo.then(() => response.end("done"));
    });
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  /** A connection that is kept, and what came over it. */
  function kept(path: string) {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    const send = () => socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    send();
    const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    return { send, ended, text: () => text };
  }

  it("are closed after their next answer, and where that was under way as soon as it is given", async () => {
    const [quick, slow] = [kept("/quick"), kept("/slow")];
    await vi.waitFor(() => expect(quick.text()).toContain("Connection: keep-alive"));
    process.on("SIGTERM", () => void server.close());
    shutdown.shutDownInOrder({ delayMs: 0 });
    process.emit("SIGTERM", "SIGTERM");
    quick.send();
    await quick.ended;
    expect(quick.text()).toMatch(/connection: close[^]*done/i);
    await vi.waitFor(() => expect(server.listening).toBe(false));
    const isClosed = new Promise((resolve) => server.once("close", resolve));
    finish();
    await Promise.all([slow.ended, isClosed]);
    expect(slow.text()).toContain("done");
  });
});
