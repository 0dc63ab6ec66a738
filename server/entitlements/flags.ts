import path from "node:path";
import { type FlagAnswer, type FlagContext, type Flags } from "@/policies/entitlements/flags";
import { featureFlag, FLAGGED, flagProperties, killSwitch } from "@/policies/entitlements/flag-registry";
import type { Feature } from "@/policies/entitlements/words";
import bootstrap from "@/policies/generated/flags/bootstrap.json";
import { type Env, env } from "@/server/platform/env";
import { createFlagStore, type FlagStore, type StandingOfFlags } from "@/server/platform/unleash";

/** The flags that a configuration asks for. */
export const flagStoreOf = (e: Env): FlagStore =>
  createFlagStore({
    environment: e.UNLEASH_ENVIRONMENT,
    bootstrap: e.UNLEASH_BOOTSTRAP === "none" ? null : bootstrap,
    server:
      e.UNLEASH_URL === undefined || e.UNLEASH_API_TOKEN === undefined
        ? null
        : {
            ...{ url: e.UNLEASH_URL, token: e.UNLEASH_API_TOKEN, environment: e.UNLEASH_ENVIRONMENT },
            refreshMs: e.UNLEASH_REFRESH_SECONDS * 1_000,
            backupFile: e.UNLEASH_BACKUP_FILE ?? path.join(e.CONDUCTOR_HOME, "flags.json"),
          },
  });

/**
 * Answers by a feature's two flags: it is held back where its own does not hold, so that one which nobody knows is closed, and
 * where its kill switch is on.
 */
export const flagsBy = (store: FlagStore): Flags => ({
  ask(feature: Feature, context: FlagContext): FlagAnswer {
    const properties = flagProperties(context);
    const isOpen =
      store.isEnabled(featureFlag(feature), properties) && !store.isEnabled(killSwitch(feature), properties);
    const { provider, revision } = store.standing();
    return { isHeldBack: !isOpen, provider, revision };
  },
});

// On globalThis, as Next's server loads this module once per bundle: one asks the server, all others answer by what it said.
const holder = globalThis as typeof globalThis & { conductorFlags?: { store: FlagStore; flags: Flags } };

function held() {
  if (holder.conductorFlags === undefined) {
    const store = flagStoreOf(env());
    holder.conductorFlags = { store, flags: flagsBy(store) };
  }
  return holder.conductorFlags;
}

/** The flags of this process. Where nobody keeps them (`keepFlags`), what is kept or built in decides. */
export const processFlags = (): Flags => held().flags;

/** Follows the flag server for as long as this process lasts, where one is configured. */
export function followFlags(): { stop: () => void } {
  const { store } = held();
  void store.start();
  return { stop: () => store.stop() };
}

const missingFrom = (store: FlagStore): number =>
  FLAGGED.flatMap((feature) => [featureFlag(feature), killSwitch(feature)]).filter((name) => !store.has(name)).length;

/** Where the flags of this process come from now, and how many of the catalogue's are not among them. */
export function flagsStanding(store: FlagStore = held().store): StandingOfFlags & { missing: number } {
  return { ...store.standing(), missing: missingFrom(store) };
}
