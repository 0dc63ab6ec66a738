/** A fault of a definition, at a path such as `steps.2.next`. */
export interface Issue {
  path: string;
  message: string;
}

/** The index of the step that an issue is about; null when it is about the whole. */
export function stepOfIssue({ path }: Issue): number | null {
  const found = /^steps\.(\d+)(\.|$)/.exec(path);
  return found?.[1] === undefined ? null : Number(found[1]);
}

/** Where an issue is, as a person looks for it: `charge: request.url`, or the path itself when it is about the whole. */
export function placeOf(issue: Issue, steps: readonly { id: string }[]): string {
  const id = steps[stepOfIssue(issue) ?? -1]?.id;
  if (id === undefined) return issue.path === "" ? "definition" : issue.path;
  const [, , ...rest] = issue.path.split(".");
  return rest.length === 0 ? id : `${id}: ${rest.join(".")}`;
}

/** The message for a field: that of the issue at its path, or below it. */
export function messageAt(issues: readonly Issue[], path: string): string | undefined {
  return issues.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))?.message;
}

/** Reads JSON that a person wrote; the message says where it stops being JSON. */
export function readJson(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : "This is not JSON." };
  }
}
