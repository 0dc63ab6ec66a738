import { uuidv7obj } from "uuidv7";

/** Every id names its kind, so that a log line or a pasted id explains itself. */
export const ID_PREFIXES = {
  accessReview: "arv",
  accessReviewItem: "ari",
  account: "acc",
  adapter: "adp",
  apiKey: "key",
  approval: "apr",
  audit: "aud",
  auditorView: "adv",
  breakGlass: "brk",
  billingChange: "bch",
  checkout: "bck",
  controlCollection: "ccl",
  controlException: "cex",
  controlFact: "cft",
  decision: "dec",
  drill: "drl",
  event: "evt",
  finding: "fnd",
  evidence: "evd",
  bundle: "bnd",
  execution: "exe",
  hold: "hld",
  incident: "inc",
  incidentEntry: "ine",
  incidentMessage: "inm",
  incidentTask: "int",
  invitation: "inv",
  job: "job",
  catalogueSignature: "cts",
  member: "mem",
  mitigation: "mit",
  message: "msg",
  notification: "ntf",
  onCallOverride: "oco",
  onCallSchedule: "ocs",
  policyChange: "pol",
  override: "ovr",
  process: "prc",
  receipt: "rcp",
  remediation: "rem",
  quotaEpisode: "qte",
  request: "req",
  review: "rev",
  run: "run",
  secret: "sec",
  session: "ses",
  signedHead: "shd",
  slo: "slo",
  sloAlert: "alr",
  step: "stp",
  tenant: "ten",
  trigger: "trg",
  user: "usr",
  workflow: "wfl",
  workflowVersion: "wfv",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** Mints `<prefix>_<32 hex digits>`; the digits are a UUIDv7, so ids sort by time and cannot be guessed. */
export type NewId = (kind: IdKind) => string;

export const newId: NewId = (kind) => `${ID_PREFIXES[kind]}_${uuidv7obj().toHex()}`;

/** Ids of that kind that are minted from this moment on sort after this text, and all that were minted before sort before it. */
export const idsFrom = (kind: IdKind, at: Date): string =>
  `${ID_PREFIXES[kind]}_${Math.max(0, at.getTime()).toString(16).padStart(12, "0")}`;

/** True for a well-formed id of that kind; says nothing about whether it exists. */
export function isId(kind: IdKind, value: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-f]{32}$`).test(value);
}
