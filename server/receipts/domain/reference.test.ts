import { describe, expect, it } from "vitest";
import { newId } from "@/server/kernel/ids";
import { kindWords, nameOfMachine, pastedSubject, splitReference } from "./reference";

describe("a reference", () => {
  it("has a kind and the rest", () => {
    expect(splitReference("job:execute-run")).toEqual({ kind: "job", id: "execute-run" });
    expect(splitReference("system")).toEqual({ kind: "system", id: "" });
  });

  it("says its kind in words, or as it is", () => {
    expect(["api_key:key_1", "workflow_version:wfv_1", "comet:1", "toString:1"].map(kindWords)).toEqual([
      ...["API key", "workflow version", "comet", "toString"],
    ]);
  });

  it("names those that are no person and stand in no table, and nobody else", () => {
    const machines = ["system", "job:execute-run", "job:purge-engine", "webhook:stripe"];
    expect(machines.map(nameOfMachine)).toEqual([
      ...["The system", "The executor", "purge-engine", "A message from stripe"],
    ]);
    expect(["user:usr_1", "api_key:key_1", "toString", ""].map(nameOfMachine)).toEqual([null, null, null, null]);
  });

  it("is meant by an id that is pasted with or without its kind", () => {
    const [run, version] = [newId("run"), newId("workflowVersion")];
    expect(pastedSubject(run)).toBe(`run:${run}`);
    expect(pastedSubject(`run:${run}`)).toBe(`run:${run}`);
    expect(pastedSubject(version)).toBe(`workflow_version:${version}`);
  });

  it.each(["", "run", "run_1", "Sync orders", newId("receipt"), `${newId("run")}0`])("is not meant by %j", (text) => {
    expect(pastedSubject(text)).toBeNull();
  });
});
