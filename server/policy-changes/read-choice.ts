import { readTightening } from "@/policies/packs/accept-tightening";
import { PackError } from "@/policies/packs/read-yaml";
import type { Choice } from "@/policies/packs/tightening";
import { invalid } from "@/server/kernel/errors";

/** Reads what a person chose; throws Invalid with the line for a tightening that is malformed, looser, or breaks a promise. */
export function readChoice({ profile, tightening }: { profile: Choice["profile"]; tightening: string }): Choice {
  try {
    return { profile, tightening: readTightening(tightening, profile) };
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    const message = `line ${error.line}: ${error.reason}`;
    throw invalid(`The tightening is not valid: ${message}.`, { fields: [{ path: "tightening", message }] });
  }
}
