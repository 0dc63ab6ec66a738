import type { Command } from "commander";

/** What a text has as code: lines of blocks, those that go on joined, and spans within a line. */
export function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```[^\n]*\n([\s\S]*?)^ *```/gm)].map(([, block = ""]) => block);
  const lines = blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, " ").split("\n"));
  const spans = [...text.replaceAll(/^ *```[\s\S]*?^ *```/gm, "").matchAll(/`([^`]+)`/g)].map(([, span = ""]) =>
    span.replaceAll(/\s+/g, " "),
  );
  return [...lines, ...spans];
}

/** The words of a command as a shell takes them, to where its output goes or a comment begins. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"[^"]*"|'[^']*'|<[^>]+>|\S+/g)].map(([word]) => word);
  const end = words.findIndex((word) => /^([>#|;]|&&)/.test(word) || word.endsWith(";"));
  return end === -1 ? words : words.slice(0, end);
}

/** Every call of `npx conductor` in a text, as its words after that. */
export const conductorCalls = (text: string): string[][] =>
  codeOf(text).flatMap((line) => {
    const at = line.indexOf("npx conductor ");
    return at === -1 ? [] : [wordsOf(line.slice(at + "npx conductor ".length))];
  });

/** Why a call would be refused as wrong usage, or null; a command that is only named, without its options, is none. */
export function callFault(program: Command, words: readonly string[]): string | null {
  let [command, rest] = [program, [...words]];
  for (;;) {
    const next = command.commands.find((each) => each.name() === rest[0]);
    if (next === undefined) break;
    [command, rest] = [next, rest.slice(1)];
  }
  let operands = 0;
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? "";
    if (word === "--help") continue;
    if (!word.startsWith("--")) {
      operands += 1;
      continue;
    }
    const option = command.options.find(({ long }) => long === word);
    if (option === undefined) return `${command.name()} has no option ${word}`;
    if (!option.required) continue;
    at += 1;
    if (rest[at] === undefined) return `${word} takes a value`;
  }
  const takes = command.registeredArguments;
  const isTooMany = takes.at(-1)?.variadic !== true && operands > takes.length;
  return isTooMany ? `${command.name()} knows no ${rest.find((word) => !word.startsWith("--")) ?? ""}` : null;
}

/** Whether a file of the app answers at an address; `<slug>` stands for what is filled in. */
export function answersAt(address: string, routes: readonly string[]): boolean {
  const path = address.replaceAll(/<[^>]+>/g, "x").replace(/[?#].*$/, "");
  return routes.some((file) => {
    const pattern = file
      .replace(/^app/, "")
      .replace(/\/(page\.tsx|route\.ts)$/, "")
      .replaceAll(/\/\([^)]+\)/g, "")
      .replaceAll(/\/\[\[\.\.\.[^\]]+\]\]/g, "(/.+)?")
      .replaceAll(/\[\.\.\.[^\]]+\]/g, ".+")
      .replaceAll(/\[[^\]]+\]/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(path);
  });
}
