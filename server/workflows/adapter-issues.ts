import { missingAdapters } from "@/server/adapters";
import { closedFor, requireFeature } from "@/server/entitlements";
import { invalid } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";
import type { WorkflowDefinition } from "./domain/definition";
import type { DefinitionIssue } from "./domain/graph";

interface Named {
  path: string;
  slug: string;
}

const namedIn = ({ steps }: WorkflowDefinition): Named[] =>
  steps.flatMap((step, nth) => (step.type === "adapter" ? [{ path: `steps.${nth}.adapter`, slug: step.adapter }] : []));

async function unknownAmong({ ctx, tx }: Scope, named: readonly Named[]): Promise<DefinitionIssue[]> {
  const missing = await missingAdapters(tx, ctx.tenantId, [...new Set(named.map(({ slug }) => slug))]);
  return named
    .filter(({ slug }) => missing.has(slug))
    .map(({ path, slug }) => ({ path, message: `there is no adapter ${slug}, or it has ended` }));
}

/** What is wrong with the adapters that a definition names; nothing is asked for one that names none. */
export async function adapterIssues(scope: Scope, definition: WorkflowDefinition): Promise<DefinitionIssue[]> {
  const named = namedIn(definition);
  const [first] = named;
  if (first === undefined) return [];
  const asked = { tenantId: scope.ctx.tenantId, feature: "custom-adapters", use: "change" } as const;
  const closed = await closedFor(scope.tx, asked, scope.now);
  if (closed !== null) return [{ path: first.path, message: closed.message }];
  return unknownAmong(scope, named);
}

/** Throws NotEntitled for a definition with adapters in a tenant without them, Invalid where it names one that is not in use. */
export async function acceptAdapters(scope: Scope, definition: WorkflowDefinition): Promise<void> {
  const named = namedIn(definition);
  if (named.length === 0) return;
  await requireFeature(scope.tx, scope.ctx.tenantId, "custom-adapters", scope.now);
  const issues = await unknownAmong(scope, named);
  if (issues.length === 0) return;
  const words = issues.slice(0, 5).map(({ path, message }) => `${path}: ${message}`);
  throw invalid(`The definition is not valid: ${words.join("; ")}.`, { fields: issues });
}
