import { describe, expect, it } from "vitest";
import { type Review, statusAfter, validApprovals, type VersionEvent } from "./version-life";
import { VERSION_STATUSES, type VersionStatus } from "./version-status";

describe("statusAfter", () => {
  const allowed: Record<VersionEvent, Partial<Record<VersionStatus, VersionStatus>>> = {
    submit: { draft: "in_review" },
    request_changes: { in_review: "draft" },
    publish: { in_review: "published" },
    retire: { published: "retired" },
  };
  const events = Object.keys(allowed) as VersionEvent[];
  it.each(events.flatMap((event) => VERSION_STATUSES.map((status) => [event, status] as const)))(
    "%s from %s leads where the life of a version says",
    (event, status) => {
      expect(statusAfter(status, event)).toBe(allowed[event][status] ?? null);
    },
  );
});

describe("validApprovals", () => {
  const OBJECTS = { verdict: "changes_requested" } as const;
  const version = { contentHash: "sha256:now", contributors: ["ada"] };
  const review = (reviewerId: string, over: Partial<Review> = {}): Review => ({
    reviewerId,
    verdict: "approved",
    contentHash: "sha256:now",
    ...over,
  });

  it.each<[string, Review[], string[]]>([
    ["counts an approval of this text", [review("bob")], ["bob"]],
    ["does not count a contributor", [review("ada")], []],
    ["does not count an approval of an earlier text", [review("bob", { contentHash: "sha256:old" })], []],
    ["goes by the latest word of each", [review("bob"), review("bob", { verdict: "changes_requested" })], []],
    ["does not count one before changes were asked for", [review("bob"), review("cay", OBJECTS)], []],
    ["counts those given since", [review("bob"), review("cay", OBJECTS), review("bob"), review("cay")], ["bob", "cay"]],
    ["does not count who may review no more", [review("bob"), review("gone")], ["bob"]],
    ["counts nobody twice", [review("bob"), review("bob")], ["bob"]],
  ])("%s", (_title, reviews, expected) => {
    expect(validApprovals(version, reviews, (id) => id !== "gone")).toEqual(expected);
  });
});
