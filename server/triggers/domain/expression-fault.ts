import { parse as parseCel } from "@marcbachmann/cel-js";
import jsonata from "jsonata";

const PARSERS = { CEL: parseCel, JSONata: jsonata } as const;

/** Why a text is no expression of its language; null when it is one. It is not evaluated. */
export function expressionFault(language: keyof typeof PARSERS, text: string): string | null {
  try {
    PARSERS[language](text);
    return null;
  } catch (error) {
    const said = (error as { message?: string }).message?.split("\n")[0] ?? "it cannot be read";
    return `is not valid ${language}: ${said.slice(0, 200)}`;
  }
}
