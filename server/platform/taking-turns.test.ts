import { describe, expect, it } from "vitest";
import { takingTurns } from "./taking-turns";

interface Item {
  name: string;
  tenantId: string;
  runId?: string;
}

function waiting(names: readonly string[]) {
  const over = new Set<string>();
  const dropped: string[] = [];
  const turns = takingTurns<Item>({
    whoseOf: (item) => item,
    isOver: ({ name }) => over.has(name),
    drop: ({ name }) => dropped.push(name),
  });
  // Named by tenant, run and place: "a/1/x".
  const add = (name: string) => {
    const [tenantId = "", runId = ""] = name.split("/");
    turns.add({ name, tenantId, ...(runId === "" ? {} : { runId }) });
  };
  for (const name of names) add(name);
  const take = (busy: readonly string[] = []) => turns.take((tenantId) => busy.includes(tenantId))?.name;
  const takeAll = () => {
    const taken: string[] = [];
    for (let name = take(); name !== undefined; name = take()) taken.push(name);
    return taken;
  };
  return { over, dropped, add, take, takeAll };
}

describe("what waits for its turn", () => {
  it("comes by tenant in turn, of each tenant by run in turn, and of each run in the order it came", () => {
    const { takeAll } = waiting(["a/1/x", "a/1/y", "a/1/z", "a/2/x", "a/2/y", "b/1/x", "b//y"]);
    expect(takeAll()).toEqual(["a/1/x", "b/1/x", "a/2/x", "b//y", "a/1/y", "a/2/y", "a/1/z"]);
  });

  it("comes last of all for a tenant that just had a turn", () => {
    const { add, take, takeAll } = waiting(["a/1/x", "b/1/x", "c/1/x"]);
    expect(take()).toBe("a/1/x");
    add("a/1/y");
    expect(takeAll()).toEqual(["b/1/x", "c/1/x", "a/1/y"]);
  });

  it("is left waiting while its tenant is busy, and keeps its place", () => {
    const { take } = waiting(["a/1/x", "b/1/x", "b/1/y"]);
    expect([take(["a"]), take(["a", "b"]), take()]).toEqual(["b/1/x", undefined, "a/1/x"]);
  });

  it("is dropped when it is over, and costs its tenant no turn", () => {
    const { over, dropped, takeAll } = waiting(["a/1/x", "a/1/y", "a/2/x", "b/1/x", "b/1/y"]);
    for (const name of ["a/1/x", "a/1/y", "b/1/y"]) over.add(name);
    expect(takeAll()).toEqual(["a/2/x", "b/1/x"]);
    expect(dropped).toEqual(["a/1/x", "a/1/y", "b/1/y"]);
  });
});
