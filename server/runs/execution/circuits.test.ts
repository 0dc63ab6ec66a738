import { beforeEach, describe, expect, it } from "vitest";
import { CIRCUIT } from "../domain/circuit";
import { type Circuits, createCircuits, type Permit, type Verdict } from "./circuits";

let clock: { ms: number };
let circuits: Circuits;

beforeEach(() => {
  clock = { ms: 1_000 };
  circuits = createCircuits(() => clock.ms);
});

const isPermit = (given: Awaited<ReturnType<Circuits["enter"]>>): given is Permit => "end" in given;

/** One attempt that takes a second; false where it was refused. */
async function attempt(name: string, verdict: Verdict): Promise<boolean> {
  const given = await circuits.enter(name);
  if (!isPermit(given)) return false;
  clock.ms += 1_000;
  given.end(verdict);
  return true;
}

async function open(name: string): Promise<void> {
  for (let nth = 0; nth < CIRCUIT.failures; nth += 1) expect(await attempt(name, "failed")).toBe(true);
}

describe("attempts to a host", () => {
  it("are refused once so many in a row have failed, and told for how long", async () => {
    await open("a");
    expect(await circuits.enter("a")).toEqual({ openMs: CIRCUIT.pauseMs, failures: CIRCUIT.failures });
  });

  it("of another tenant, or to another host, are not", async () => {
    await open("one https://x");
    expect(await attempt("two https://x", "well")).toBe(true);
    expect(await attempt("one https://y", "well")).toBe(true);
    expect(await attempt("one https://x", "well")).toBe(false);
  });

  it("are never refused where one in so many is well", async () => {
    for (let nth = 0; nth < CIRCUIT.failures * 5; nth += 1)
      expect(await attempt("a", nth % CIRCUIT.failures === 0 ? "well" : "failed")).toBe(true);
  });

  it("say nothing of a host that was not asked", async () => {
    for (let nth = 0; nth < CIRCUIT.failures * 2; nth += 1) expect(await attempt("a", "unknown")).toBe(true);
  });
});

describe("after the pause", () => {
  beforeEach(async () => {
    await open("a");
    clock.ms += CIRCUIT.pauseMs;
  });

  it("one attempt is let through, and the others go when it is well", async () => {
    const first = await circuits.enter("a");
    const others = Promise.all([circuits.enter("a"), circuits.enter("a")]);
    if (!isPermit(first)) throw new Error("none was let through");
    first.end("well");
    expect((await others).map(isPermit)).toEqual([true, true]);
    expect(await attempt("a", "failed")).toBe(true);
  });

  it("the others are refused when it fails, for twice as long", async () => {
    const first = await circuits.enter("a");
    const others = Promise.all([circuits.enter("a"), circuits.enter("a")]);
    if (!isPermit(first)) throw new Error("none was let through");
    first.end("failed");
    expect(await others).toMatchObject([{ openMs: CIRCUIT.pauseMs * 2 }, { openMs: CIRCUIT.pauseMs * 2 }]);
  });

  it("the others do not wait for one that takes long", async () => {
    circuits = createCircuits(() => clock.ms, 0);
    await open("b");
    clock.ms += CIRCUIT.pauseMs;
    expect(isPermit(await circuits.enter("b"))).toBe(true);
    expect(await circuits.enter("b")).toMatchObject({ openMs: 0 });
  });

  it("another is let through when the first did not come to ask", async () => {
    const first = await circuits.enter("a");
    const second = circuits.enter("a");
    if (!isPermit(first)) throw new Error("none was let through");
    first.end("unknown");
    expect(isPermit(await second)).toBe(true);
  });
});
