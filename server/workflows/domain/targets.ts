import type { WorkflowDefinition } from "./definition";
import type { DefinitionIssue } from "./graph";

/** Whom an http step calls. */
export interface Target {
  path: string;
  host: string;
  port: number;
  /** The address of a host that needs no look-up; null for a name. */
  address: string | null;
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

function addressOf(host: string): string | null {
  if (/(^|\.)localhost\.?$/i.test(host)) return "127.0.0.1";
  // A URL has read every way to write an address into one of these two.
  return IPV4.test(host) || host.includes(":") ? host : null;
}

/** Whom the http steps of a definition call, as far as their addresses are fixed: templates may fill in paths, never hosts. */
export function targetsOf({ steps }: WorkflowDefinition): Target[] {
  return steps.flatMap((step, nth) => {
    const url = step.type === "http" ? URL.parse(step.request.url) : null;
    if (url === null) return [];
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
    return [{ path: `steps.${nth}.request.url`, host, port, address: addressOf(host) }];
  });
}

/** Steps that call an address which nobody may be sent to. Names are looked up, and checked, at each call. */
export function forbiddenTargets(
  definition: WorkflowDefinition,
  policy: { mayConnect(target: { host: string; port: number; address: string }): boolean },
): DefinitionIssue[] {
  return targetsOf(definition).flatMap(({ path, host, port, address }) =>
    address === null || policy.mayConnect({ host, port, address })
      ? []
      : [
          {
            path,
            message: `${host}:${port} is not on the public internet, and this deployment does not allow it (EGRESS_ALLOW)`,
          },
        ],
  );
}
