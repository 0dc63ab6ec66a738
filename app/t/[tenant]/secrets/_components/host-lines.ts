/** The hosts that somebody wrote, one per line or with commas between. */
export function hostsIn(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((host) => host.trim())
    .filter((host) => host !== "");
}

/** Hosts as somebody edits them. */
export const hostLines = (hosts: readonly string[]) => hosts.join("\n");
