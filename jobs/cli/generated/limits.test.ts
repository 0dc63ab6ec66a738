import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { LIMITS } from "./limits";

const ROOT = path.resolve(import.meta.dirname, "..", "..", "..");

describe("the table of limits", () => {
  it.each(LIMITS.flatMap(({ what, shownBy }) => shownBy.map(([file, title]) => ({ what, file, title }))))(
    "names a test that is there: $what, $title",
    ({ file, title }) => {
      expect(readFileSync(path.join(ROOT, file), "utf8")).toContain(`"${title}"`);
    },
  );
});
