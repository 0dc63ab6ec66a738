import { describe, expect, it } from "vitest";
import { arrowsOf, layoutSteps, STEP_HEIGHT, STEP_WIDTH } from "./layout-steps";

const chain = [
  { id: "fetch", type: "http", next: "decide" },
  {
    id: "decide",
    type: "branch",
    cases: [
      { when: "steps.fetch.output.body.total > 1000000000", next: "tell" },
      { when: "input.quiet", next: "rest" },
    ],
    otherwise: "tell",
  },
  { id: "tell", type: "notify", name: "Tell finance" },
  { id: "rest", type: "wait", next: "tell" },
];

describe("layoutSteps", () => {
  it("puts each step below the one that leads to it", () => {
    const { steps } = layoutSteps(chain);
    const y = new Map(steps.map((step) => [step.id, step.y]));
    expect(y.get("decide")).toBeGreaterThan((y.get("fetch") ?? 0) + STEP_HEIGHT);
    expect(y.get("tell")).toBeGreaterThan((y.get("rest") ?? 0) + STEP_HEIGHT);
  });

  it("draws one arrow per way out, also two to the same step", () => {
    const { edges } = layoutSteps(chain);
    expect(edges.map(({ from, to, label }) => `${from}>${to}:${label}`)).toEqual([
      "fetch>decide:",
      "decide>tell:steps.fetch.output.body…",
      "decide>rest:input.quiet",
      "decide>tell:otherwise",
      "rest>tell:",
    ]);
    expect(edges.every(({ points }) => points.length >= 2)).toBe(true);
  });

  it("shows a step by its name, or by its id", () => {
    const titles = layoutSteps(chain).steps.map(({ title }) => title);
    expect(titles).toEqual(["fetch", "decide", "Tell finance", "rest"]);
  });

  it("draws a definition that is being written: steps that are not there, ids twice, nothing at all", () => {
    const faulty = [
      { id: "a", type: "http", next: "gone" },
      { id: "a", type: "wait" },
      { id: "b", type: "wait", next: "b" },
    ];
    expect(layoutSteps(faulty).steps).toHaveLength(2);
    expect(layoutSteps([]).steps).toEqual([]);
    const circle = [
      { id: "all", type: "for-each", body: "work" },
      { id: "work", type: "http", next: "all" },
    ];
    expect(layoutSteps(circle)).toMatchObject({ frames: [], steps: [{ id: "all" }, { id: "work" }] });
    expect(arrowsOf([{ id: "x", type: "branch" }])).toEqual([]);
  });

  it("draws the ways within a step from it, and what follows from where they end", () => {
    const steps = [
      { id: "fork", type: "parallel", branches: ["left", "all"], next: "end" },
      { id: "left", type: "http", next: "last" },
      { id: "last", type: "http" },
      { id: "all", type: "for-each", body: "work" },
      ...[
        { id: "work", type: "http" },
        { id: "end", type: "http" },
      ],
    ];
    expect(arrowsOf(steps).map(({ from, to, label }) => `${from}>${to} ${label}`.trim())).toEqual([
      ...["fork>left", "fork>all", "last>end", "work>end"],
      "left>last",
      "all>work",
    ]);
    const { frames, steps: placed } = layoutSteps(steps);
    expect(frames.map(({ of, label }) => `${of}: ${label}`)).toEqual(["fork: side by side", "all: for each item"]);
    const within = (of: string) =>
      placed
        .filter(({ x, y }) => {
          const frame = frames.find((each) => each.of === of);
          if (frame === undefined || x < frame.x || y < frame.y) return false;
          return x + STEP_WIDTH <= frame.x + frame.width && y + STEP_HEIGHT <= frame.y + frame.height;
        })
        .map(({ id }) => id);
    expect(within("fork")).toEqual(["left", "last", "all", "work"]);
    expect(within("all")).toEqual(["work"]);
  });

  it("places a thousand steps in a chain", () => {
    const long = Array.from({ length: 1_000 }, (_, index) => ({
      id: `s${index}`,
      type: "wait",
      next: index < 999 ? `s${index + 1}` : undefined,
    }));
    expect(layoutSteps(long).edges).toHaveLength(999);
  });
});
