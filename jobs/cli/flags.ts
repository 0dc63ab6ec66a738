import {
  changeInWords,
  type FlagChange,
  flagChangesTo,
  type FoundFlags,
  killedBy,
} from "@/policies/entitlements/flag-changes";
import { FLAGS, SKU_TAG, strategyParameters } from "@/policies/entitlements/flag-registry";
import { type Env, parseEnv } from "@/server/platform/env";
import { type FlagAdmin, flagAdmin, FlagServerError } from "@/server/platform/unleash-admin";
import { completeEnvironment } from "./local-state";

/** What a server holds of our flags. Throws FlagServerError where it does not answer, or has no such environment. */
async function found(admin: FlagAdmin, environment: string): Promise<FoundFlags> {
  const environments = await admin.environments();
  if (!environments.includes(environment))
    throw new FlagServerError(`The flag server has no environment ${environment}. It has: ${environments.join(", ")}.`);
  const [read, contextFields, tagTypes] = await Promise.all([
    admin.read(FLAGS.map(({ name }) => name)),
    admin.contextFields(),
    admin.tagTypes(),
  ]);
  const flags = read.features.map(({ name, type, description, archived }) => ({
    ...{ name, type, description: description ?? "", isArchived: archived },
    parents: read.dependencies
      .filter(({ feature }) => feature === name)
      .flatMap(({ dependencies }) => dependencies.map(({ feature }) => feature)),
    isEnabled: read.featureEnvironments.some(({ featureName, enabled }) => featureName === name && enabled),
    strategies: read.featureStrategies
      .filter(({ featureName }) => featureName === name)
      .map(({ disabled, ...strategy }) => ({ ...strategy, isDisabled: disabled === true })),
    tags: read.featureTags
      .filter(({ featureName, tagType }) => featureName === name && tagType === SKU_TAG.name)
      .map(({ tagValue }) => tagValue),
  }));
  return { contextFields, tagTypes, flags };
}

async function make(admin: FlagAdmin, change: FlagChange): Promise<unknown> {
  switch (change.kind) {
    case "add-context-field":
      return admin.addField(change.field);
    case "change-context-field":
      return admin.changeField(change.field);
    case "add-tag-type":
      return admin.addTagType(change.name, change.description);
    case "add-flag":
      return admin.addFlag(change.flag, change.type, change.description);
    case "change-flag":
      return admin.changeFlag(change.flag, change.type, change.description);
    case "add-tag":
      return admin.addTag(change.flag, SKU_TAG.name, change.tag);
    case "remove-tag":
      return admin.removeTag(change.flag, SKU_TAG.name, change.tag);
    case "revive":
      return admin.revive(change.flag);
    case "free":
      return admin.removeParents(change.flag);
    case "switch-on":
      return admin.turn(change.flag, "on");
    case "set-strategies": {
      const { flag, strategies, obsolete } = change;
      // The new before the old goes: whoever asks in between finds at least what both say.
      for (const { title, constraints } of strategies)
        await admin.addStrategy(flag, {
          ...{ name: "flexibleRollout", title, constraints, parameters: strategyParameters(flag) },
        });
      for (const id of obsolete) await admin.removeStrategy(flag, id);
      return;
    }
  }
}

interface Outcome {
  /** What a server is asked to hold, and where. */
  environment: string;
  differences: string[];
  /** Kill switches that somebody turned on: they stay. */
  killed: string[];
}

/** Compares a server with the catalogue, and with `apply` makes it hold the flags of the catalogue. */
export async function settleFlags(
  server: { url: string; token: string; environment: string },
  { apply }: { apply: boolean },
): Promise<Outcome> {
  const admin = flagAdmin(server);
  const before = await found(admin, server.environment);
  const changes = flagChangesTo(before);
  if (apply) for (const change of changes) await make(admin, change);
  return { environment: server.environment, differences: changes.map(changeInWords), killed: killedBy(before) };
}

/** What a configuration says of the server; null, with a word on what is missing, where it does not say enough. */
function serverOf({ UNLEASH_URL: url, UNLEASH_ADMIN_TOKEN: token, UNLEASH_ENVIRONMENT: environment }: Env) {
  if (url !== undefined && token !== undefined) return { url, token, environment };
  process.stderr.write("UNLEASH_URL and UNLEASH_ADMIN_TOKEN say which flag server, and are needed.\n");
  return null;
}

const DONE = { plan: "to change", apply: "changed", verify: "different" } as const;

function inWords({ environment, differences, killed }: Outcome, done: string): string {
  const count = `${environment}: ${differences.length === 0 ? `nothing ${done}` : `${differences.length} ${done}`}.`;
  return [
    ...differences.map((line) => `  ${line}`),
    ...killed.map((name) => `  ${name} is on, and is left so`),
    ...[count, ""],
  ].join("\n");
}

/**
 * `plan` says what a flag server lacks of the catalogue's flags, `apply` brings it there, `verify` has exit code 1 where it
 * lacks any. Exit code 2 without a server.
 */
export async function runFlags(what: keyof typeof DONE, { json }: { json: boolean }): Promise<number> {
  completeEnvironment("local");
  const server = serverOf(parseEnv(process.env));
  if (server === null) return 2;
  const outcome = await settleFlags(server, { apply: what === "apply" });
  process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : inWords(outcome, DONE[what]));
  return what === "verify" && outcome.differences.length > 0 ? 1 : 0;
}
