import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { GOVERNANCE_PROFILES, profileNamed } from "@/policies/access/vocabulary";
import { PACKS } from ".";
import { parsePack } from "./parse-pack";

const textOf = (name: string) => readFileSync(path.join(import.meta.dirname, `${name}.yaml`), "utf8");
const saas = textOf("conductor-governance-saas");

describe("a pack's file", () => {
  it.each(GOVERNANCE_PROFILES)("%s is what the product reads", (name) => {
    expect(parsePack(textOf(name), `${name}.yaml`)).toEqual(PACKS[name]);
  });

  it.each([
    ["an unknown attribute", saas.replace("environment: [prod]", "weather: [prod]"), "weather"],
    ["an unknown word", saas.replace("prod: none", "prod: some"), "thresholds.run.workflow_author.prod"],
    ["a missing threshold", saas.replace(", prod: none", ""), "thresholds.run.workflow_author.prod"],
    ["an unknown role", saas.replace("workflow_author: { dev: medium", "author: { dev: medium"), "thresholds.run"],
    [
      "a kill switch that nobody holds",
      saas.replace("tenant: [operator, tenant_admin, conductor_admin]", "tenant: []"),
      "kill_switch.tenant",
    ],
    [
      "a line of a chain that never counts",
      saas.replace(
        "  run:\n    - environment: [prod]\n      risk",
        "  run:\n    - stages: []\n    - environment: [prod]\n      risk",
      ),
      "approvals.run.1: never counts",
    ],
    [
      "a threshold that allows nothing",
      saas.replace("prod: none }", "prod: none }\n    read_only: { dev: none, staging: none, prod: none }"),
      "thresholds.run.read_only",
    ],
    ["the same thing said twice", saas.replace("version: 1", "version: 1\nversion: 2"), "unique"],
    ["what is no YAML", `${saas}\n  - [`, ""],
  ])("with %s is refused, with its line", (_what, text, named) => {
    expect(text).not.toBe(saas);
    expect(() => parsePack(text, "pack.yaml")).toThrow(/^pack\.yaml:\d+: /);
    expect(() => parsePack(text, "pack.yaml")).toThrow(named);
  });
});

it("a pack is known by its short name as well", () => {
  expect(profileNamed("white-label")).toBe("conductor-governance-white-label");
  expect(profileNamed("conductor-governance-saas")).toBe("conductor-governance-saas");
  expect(profileNamed("gold")).toBe("gold");
});
