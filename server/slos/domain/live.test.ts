import { expect, it } from "vitest";
import { slosOf } from "@/policies/slos";
import { isLive } from "./live";
import type { Sli } from "./sli";

const [spec] = slosOf("saas").slos;

it("an objective is live where something that happens counts for it", () => {
  if (spec === undefined) throw new Error("there are objectives");
  expect(slosOf("saas").slos.every(isLive)).toBe(true);
  expect(isLive({ ...spec, sli: "happiness" as Sli })).toBe(false);
});
