import { expect, it } from "vitest";
import { eachOnItsOwn } from "./each-on-its-own";

it("goes on with the others, and fails at the end", async () => {
  const done: number[] = [];
  const work = async (one: number) => {
    if (one === 2) throw new Error("no");
    done.push(one);
  };
  const told = { what: "Counting", nameOf: String };
  await expect(eachOnItsOwn([1, 2, 3], work, told)).rejects.toThrow("Counting failed for 1");
  expect(done).toEqual([1, 3]);
  await expect(eachOnItsOwn([1, 3], work, told)).resolves.toBeUndefined();
});
