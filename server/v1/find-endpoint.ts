import type { Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints";

export interface FoundEndpoint {
  endpoint: Endpoint;
  /** The parts of the path that its placeholders stand for. */
  path: Record<string, string>;
}

function matched(template: string, segments: readonly string[]): Record<string, string> | null {
  const parts = template.slice(1).split("/");
  if (parts.length !== segments.length) return null;
  const path: Record<string, string> = {};
  for (const [place, part] of parts.entries()) {
    const segment = segments[place] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== segment) return null;
    if (name !== undefined) path[name] = segment;
  }
  return path;
}

/** The endpoint at a path; the methods that the path knows where it has none of this one; null for no such path. */
export function findEndpoint(method: string, segments: readonly string[]): FoundEndpoint | string[] | null {
  const here = ENDPOINTS.flatMap((endpoint) => {
    const path = matched(endpoint.path, segments);
    return path === null ? [] : [{ endpoint, path }];
  });
  const found = here.find(({ endpoint }) => endpoint.method === method);
  if (found !== undefined) return found;
  return here.length === 0 ? null : here.map(({ endpoint }) => endpoint.method);
}
