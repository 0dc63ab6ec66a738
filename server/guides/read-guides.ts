import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Guide } from "./domain/document";
import { type Found, indexGuides, searchGuides } from "./domain/search";
import { parseGuide } from "./parse-guide";

/** From the folder that every process starts in. */
const rootFolder = () => process.cwd();

function readAll(root: string): Guide[] {
  const files = readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join("docs", ...file.split(path.sep)))
    .filter((file) => file.endsWith(".md") && !file.startsWith("docs/examples/"))
    .sort();
  const pages = new Set(files);
  return files.map((file) => parseGuide(file, readFileSync(path.join(root, file), "utf8"), pages));
}

let guides: Guide[] | undefined;
let index: ReturnType<typeof indexGuides> | undefined;

/** Every page of `docs`, by address. Read once per process, and from files alone: they are there while the database is not. */
export function readGuides(): readonly Guide[] {
  guides ??= readAll(rootFolder());
  return guides;
}

/** The pages that a query finds, the best first. */
export function findGuides(query: string): Found[] {
  index ??= indexGuides(readGuides());
  return searchGuides(index, query);
}
