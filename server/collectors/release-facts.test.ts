import { expect, it } from "vitest";
import { releaseFacts } from "./release-facts";

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const envelope = (predicate: unknown) =>
  bytes({ payload: Buffer.from(JSON.stringify({ predicate })).toString("base64"), signatures: [] });
const built = (revision: string, uncommittedChanges: boolean) =>
  envelope({ buildDefinition: { externalParameters: { revision }, internalParameters: { uncommittedChanges } } });

it("tells of each file of a release what its control rests on", () => {
  expect(releaseFacts("sbom", bytes({ components: [{}, {}] }), "r1")).toEqual({ revision: "r1", components: 2 });
  expect(releaseFacts("provenance", built("r1", false), "r1")).toMatchObject({
    ...{ isOfRelease: true, uncommittedChanges: false },
  });
  expect(releaseFacts("provenance", built("r2", true), "r1")).toMatchObject({
    ...{ isOfRelease: false, uncommittedChanges: true },
  });
  const tests = envelope({ result: "FAILED", passedCount: 7, failedTests: ["a"] });
  expect(releaseFacts("test-results", tests, "r1")).toMatchObject({ result: "FAILED", passed: 7, failed: 1 });
});

it.each([["sbom"], ["provenance"], ["test-results"]] as const)("tells nothing of a %s that is none", (file) => {
  for (const content of [Buffer.from("no json"), bytes({}), bytes({ payload: "e30=" })])
    expect(releaseFacts(file, content, "r1")).toEqual({ revision: "r1" });
});
