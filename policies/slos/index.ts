import slos from "@/policies/generated/slos.json";
import type { Edition } from "@/server/slos/domain/slo";
import type { EditionSlos } from "./parse-edition";

/** What each edition promises: generated from the files, which were checked then. */
const SLOS = slos as unknown as Readonly<Record<Edition, EditionSlos>>;

/** The SLOs of an edition, the version of their file, and what follows from them. */
export const slosOf = (edition: Edition): EditionSlos => SLOS[edition];
