import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");
const sources = readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".tsx"))
  .map((file) => readFileSync(path.join(root, "app", file), "utf8"));
const sheets = readFileSync(path.join(root, "app", "_shared", "mantine.css"), "utf8");
const sheetOf = (name: string) => `@mantine/core/styles/${name}.layer.css`;

it("every part of Mantine that is used has its sheet: without, it stands there unstyled", () => {
  const used = sources.flatMap((source) =>
    [...source.matchAll(/import \{([^}]+)\} from "@mantine\/core"/g)].flatMap(
      ([, names = ""]) => names.match(/\w+/g) ?? [],
    ),
  );
  const ownSheet = [...new Set(used)].filter((name) => existsSync(path.join(root, "node_modules", sheetOf(name))));
  expect(ownSheet).toContain("Button");
  expect(ownSheet.filter((name) => !sheets.includes(sheetOf(name)))).toEqual([]);
});
