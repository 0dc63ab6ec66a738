import { expect, it } from "vitest";
import { Attempt, type Fate } from "./attempt";

const answer = { status: 200, body: "{}" };

it("ends only with what happens while another of its calls is on its way, though it has died", async () => {
  const gate = Promise.withResolvers<undefined>();
  const order: string[] = [];
  const fates: Record<string, Fate> = {
    first: { kind: "dies before" },
    second: { kind: "stalls", meanwhile: () => gate.promise.then(() => void order.push("meanwhile")) },
  };
  const attempt = new Attempt(
    (operation) => fates[operation] ?? null,
    () => undefined,
  );
  const call = (operation: string) => attempt.call(operation, () => Promise.resolve(answer));
  const outcome = attempt.run(() => Promise.all([call("first"), call("second")]));
  void outcome.then(() => order.push("ended"));
  setImmediate(() => gate.resolve(undefined));
  expect(await outcome).toBe("died");
  expect(order).toEqual(["meanwhile", "ended"]);
});

it("says what broke meanwhile, though it has failed already", async () => {
  const fates: Record<string, Fate> = {
    first: { kind: "unanswered" },
    second: { kind: "stalls", meanwhile: () => Promise.reject(new Error("the seller was wrong")) },
  };
  const attempt = new Attempt(
    (operation) => fates[operation] ?? null,
    () => undefined,
  );
  const call = (operation: string) => attempt.call(operation, () => Promise.resolve(answer));
  await expect(attempt.run(() => Promise.all([call("first"), call("second")]))).rejects.toThrow("the seller was wrong");
});
