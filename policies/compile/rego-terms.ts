/** A word as Rego writes it. */
export const quoted = (word: string): string => JSON.stringify(word);

/** A set of words. */
const setOf = (words: readonly string[]): string => `{${words.map(quoted).join(", ")}}`;

/** That something is one of some words: an equality where there is only one, by which OPA indexes. */
export function isOneOf(term: string, words: readonly string[]): string {
  const [only] = words;
  return words.length === 1 && only !== undefined ? `${term} == ${quoted(only)}` : `${term} in ${setOf(words)}`;
}

/** A rule: its head, and what must hold for it, all of it. */
export function rule(head: string, body: readonly string[]): string {
  const [only] = body;
  if (body.length === 0 || only === undefined) throw new Error(`a rule without a body would always hold: ${head}`);
  return body.length === 1 ? `${head} if ${only}` : `${head} if {\n${body.map((line) => `\t${line}`).join("\n")}\n}`;
}
