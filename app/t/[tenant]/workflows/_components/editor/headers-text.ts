/** Headers as lines of `name: value`. */
export function headersToText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** Lines of `name: value` as headers; a line without a colon is a name that still waits for its value. */
export function headersFromText(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const cut = line.indexOf(":");
    const name = (cut === -1 ? line : line.slice(0, cut)).trim();
    return name === "" ? [] : [[name, cut === -1 ? "" : line.slice(cut + 1).trim()] as const];
  });
  return Object.fromEntries(pairs);
}
