import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { egressPolicy } from "@/server/platform/egress-policy";
import { CIRCUIT } from "../domain/circuit";
import { askTarget } from "./ask-target";
import { type Circuits, createCircuits } from "./circuits";
import type { ExecutionContext } from "./context";

let server: Server;
let base: string;
let hits = 0;
let clock: { ms: number };
let circuits: Circuits;

beforeAll(async () => {
  server = createServer((request, response) => {
    hits += 1;
    // A good while for the one clock that counts here.
    clock.ms += 1_000;
    if (request.url === "/reset") request.socket.destroy();
    else response.writeHead(Number(request.url?.slice(1))).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  clock = { ms: 0 };
  circuits = createCircuits(() => clock.ms);
});

/** What a tenant's attempts come to: an answer's status, or why there is none. */
function asker(policy = egressPolicy([new URL(base).host])) {
  const ctx: ExecutionContext = {
    ...{ database: undefined as never, tenantId: newId("tenant"), newId, requestId: "req", egress: policy },
    ...{ clock: fixedClock(new Date("2026-01-01T00:00:00Z")), secretKeys: undefined as never },
    ...{ keepFile: async () => {}, sendMail: async () => {} },
  };
  return async (path: string, expected: readonly number[] = [200]) => {
    const request = { tenantId: "ten_1", method: "GET", url: `${base}/${path}`, headers: {}, timeoutMs: 5_000 };
    const isExpected = (status: number) => expected.includes(status);
    return askTarget(ctx, { input: { path }, request, isExpected }, circuits).then(
      ({ status }) => status,
      (error: unknown) => error,
    );
  };
}

async function fail(ask: ReturnType<typeof asker>, path: string): Promise<void> {
  for (let nth = 0; nth < CIRCUIT.failures; nth += 1) await ask(path);
}

describe("a target that fails again and again", () => {
  it.each(["500", "503", "reset"])("with %s is not asked any more for a while, with the reason", async (path) => {
    const ask = asker();
    await fail(ask, path);
    const before = hits;
    expect(await ask("200")).toMatchObject({
      ...{ code: "circuit-open", isRetriable: true, input: { path: "200" } },
      message: `Nothing was sent: the last ${CIRCUIT.failures} attempts to ${new URL(base).host} failed. Circuit open until 2026-01-01T00:00:05.000Z; then one attempt is let through.`,
    });
    expect(hits).toBe(before);
    clock.ms += CIRCUIT.pauseMs;
    expect([await ask("200"), await ask("500"), await ask("200")]).toEqual([200, 500, 200]);
  });

  it("is asked by another tenant as before", async () => {
    const [one, other] = [asker(), asker()];
    await fail(one, "500");
    expect(await one("200")).toMatchObject({ code: "circuit-open" });
    expect(await other("200")).toBe(200);
  });

  it.each<[string, string, number[]]>([
    ["answers with what the step expects", "503", [200, 503]],
    ["is busy", "429", [200]],
    ["finds nothing", "404", [200]],
  ])("is told from one that %s", async (_what, path, expected) => {
    const ask = asker();
    for (let nth = 0; nth < CIRCUIT.failures * 2; nth += 1) expect(await ask(path, expected)).toBe(Number(path));
  });

  it("is told from one that this deployment does not let be reached", async () => {
    const ask = asker(egressPolicy([]));
    for (let nth = 0; nth < CIRCUIT.failures * 2; nth += 1)
      expect(await ask("200")).toMatchObject({ code: "forbidden-address" });
  });
});
