import { describe, expect, it } from "vitest";
import { checkDefinition } from "@/server/workflows/domain/check-definition";
import { addStep, type Draft, FIRST_DRAFT, freeId, moveStep, removeStep, replaceStep } from "./draft";

const arrows = (draft: Draft) =>
  draft.steps.map((step) =>
    step.type === "branch"
      ? `${step.id}>${step.cases.map(({ next }) => next).join("/")}|${step.otherwise ?? ""}`
      : `${step.id}>${step.next ?? ""}`,
  );

describe("writing a definition", () => {
  it("begins with one that is valid", () => {
    expect(checkDefinition(FIRST_DRAFT)).toMatchObject({ isValid: true });
  });

  it("puts a new step between a step and what followed it", () => {
    const { draft, id } = addStep(FIRST_DRAFT, "wait", "fetch");
    expect(id).toBe("wait");
    expect(arrows(draft)).toEqual(["fetch>wait", "wait>report", "report>"]);
    expect(checkDefinition(draft)).toMatchObject({ isValid: true });
  });

  it("puts a new step at the end when none is chosen, and a branch where both ways go on", () => {
    expect(arrows(addStep(FIRST_DRAFT, "transform", null).draft)).toEqual([
      "fetch>report",
      "report>transform",
      "transform>",
    ]);
    expect(arrows(addStep(FIRST_DRAFT, "branch", "fetch").draft)).toEqual([
      "fetch>branch",
      "branch>report|report",
      "report>",
    ]);
  });

  it("gives a step that runs others those to begin with", () => {
    const { draft } = addStep(FIRST_DRAFT, "parallel", "fetch");
    expect(draft.steps.map(({ id }) => id)).toEqual(["fetch", "parallel", "transform", "transform_2", "report"]);
    expect(draft.steps[1]).toMatchObject({ branches: ["transform", "transform_2"], next: "report" });
    expect(checkDefinition(draft)).toMatchObject({ isValid: true });
    const each = addStep(FIRST_DRAFT, "for-each", "fetch");
    expect(each.id).toBe("for_each");
    expect(each.draft.steps[1]).toMatchObject({ body: "transform", next: "report" });
    expect(checkDefinition(each.draft)).toMatchObject({ isValid: true });
    const renamed = replaceStep(draft, "transform", { id: "count", type: "transform", expression: "1" });
    expect(renamed.steps[1]).toMatchObject({ branches: ["count", "transform_2"] });
  });

  it("makes an approval that lacks nothing but what it asks", () => {
    const { draft, id } = addStep(FIRST_DRAFT, "approval", "fetch");
    const issues = (of: Draft) => {
      const checked = checkDefinition(of);
      return checked.isValid ? [] : checked.issues.map(({ path }) => path);
    };
    expect(issues(draft)).toEqual(["steps.1.title"]);
    const step = draft.steps[1];
    if (step?.type !== "approval") throw new Error("the step that was added is an approval");
    expect(issues(replaceStep(draft, id, { ...step, title: "Go on?" }))).toEqual([]);
  });

  it("finds ids that nobody has", () => {
    const twice = addStep(addStep(FIRST_DRAFT, "wait", null).draft, "wait", null).draft;
    expect(twice.steps.map(({ id }) => id)).toEqual(["fetch", "report", "wait", "wait_2"]);
    expect(freeId(twice, "wait")).toBe("wait_3");
  });

  it("closes the gap when a step goes", () => {
    const { draft } = addStep(FIRST_DRAFT, "branch", "fetch");
    expect(arrows(removeStep(draft, "branch"))).toEqual(["fetch>report", "report>"]);
    expect(arrows(removeStep(draft, "report"))).toEqual(["fetch>branch", "branch>|"]);
    expect(removeStep(draft, "nobody")).toBe(draft);
  });

  it("keeps what leads to a step when its id changes", () => {
    const { draft } = addStep(FIRST_DRAFT, "branch", "fetch");
    const report = draft.steps.find(({ id }) => id === "report");
    if (report === undefined) throw new Error("the draft has a step report");
    const renamed = replaceStep(draft, "report", { ...report, id: "tell" });
    expect(arrows(renamed)).toEqual(["fetch>branch", "branch>tell|tell", "tell>"]);
  });

  it("moves a step within the list, and not beyond its ends", () => {
    expect(moveStep(FIRST_DRAFT, "report", -1).steps.map(({ id }) => id)).toEqual(["report", "fetch"]);
    expect(moveStep(FIRST_DRAFT, "fetch", -1)).toBe(FIRST_DRAFT);
  });
});
