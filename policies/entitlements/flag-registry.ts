import { CATALOGUES } from "./catalogue";
import { featuresOfPlan } from "./features";
import { type Edition, editionOf, EDITIONS, type FlagContext } from "./flags";
import { isAlways } from "./gates";
import type { SkuId } from "./schema";
import { STATUS_ACCESS, STATUSES } from "./status";
import { ADD_ONS, type AddOn, type Feature, FEATURES } from "./words";

/** One condition, in the words of Unleash. */
export interface FlagConstraint {
  contextName: string;
  operator: "IN" | "NOT_IN" | "STR_CONTAINS";
  values: string[];
  inverted: boolean;
  caseInsensitive: boolean;
}

/** All of its constraints have to hold; of a flag's strategies, one. */
export interface FlagStrategy {
  title: string;
  constraints: FlagConstraint[];
}

/** A flag as it should stand on a server. */
export interface FlagDefinition {
  name: string;
  /** Ours to keep as it is here, or a switch that whoever operates the deployment turns. */
  type: "permission" | "kill-switch";
  description: string;
  isEnabled: boolean;
  strategies: FlagStrategy[];
  /** The SKUs and add-ons that open it. */
  tags: string[];
}

export interface ContextField {
  name: string;
  description: string;
  /** Whether a rollout may go by it, so that one of its values has one answer. */
  stickiness: boolean;
  legalValues: string[];
}

/** What rollouts go by: all people of a tenant have the same. */
const STICKINESS = "tenantId";
/** The kind of tag that names what opens a flag. */
export const SKU_TAG = { name: "sku", description: "A plan or an add-on that opens the feature." } as const;

export const featureFlag = (feature: Feature): string => `feature.${feature}`;
export const killSwitch = (feature: Feature): string => `kill.${feature}`;

/** The features that flags can hold back: not those that are open to every tenant, which nobody asks a flag about. */
export const FLAGGED: readonly Feature[] = (Object.keys(FEATURES) as Feature[]).filter((feature) => !isAlways(feature));
const ADD_ON_NAMES = Object.keys(ADD_ONS) as AddOn[];
const PLANS = [...new Set(CATALOGUES.flatMap(({ skus }) => skus.map(({ id }) => id)))];

/** Add-ons as one text in which each stands between commas, so that none is found inside of another. */
export const addOnsText = (addOns: readonly AddOn[]): string => (addOns.length === 0 ? "" : `,${addOns.join(",")},`);

/** What Unleash is asked with; what a tenant does not have is left out. */
export const flagProperties = ({ plan, addOns, seats, status, ...others }: FlagContext) => ({
  ...{ ...others, addons: addOnsText(addOns) },
  ...(plan === null ? {} : { plan }),
  ...(seats === null ? {} : { seats }),
  ...(status === null ? {} : { status }),
});

const field = (name: string, description: string, legalValues: readonly string[] = []): ContextField => ({
  ...{ name, description, stickiness: name === STICKINESS, legalValues: [...legalValues].sort() },
});

/** What rules may ask about. `environment` is among those that every server has. */
export const CONTEXT_FIELDS: readonly ContextField[] = [
  field("tenantId", "The tenant, by its id."),
  field("plan", "The plan that counts for it now.", PLANS),
  field("addons", "Its add-ons, each between commas: ,compliance,incident,"),
  field("edition", "The edition that its plan is sold in.", EDITIONS),
  field("seats", "Members that it may have; left out where there is no limit."),
  field("status", "The status of its plan.", STATUSES),
];

const constraint = (contextName: string, operator: FlagConstraint["operator"], values: readonly string[]) => ({
  ...{ contextName, operator, values: [...values].sort(), inverted: false, caseInsensitive: false },
});

/** A plan that has ended opens nothing; the table of statuses says which have. */
const notEnded = constraint(
  "status",
  "NOT_IN",
  STATUSES.filter((status) => STATUS_ACCESS[status].features === "none"),
);

/** The plans that have a feature by themselves in any version of the catalogue: whoever bought an old one keeps it. */
const plansWith = (feature: Feature): SkuId[] =>
  PLANS.filter((plan) =>
    CATALOGUES.some(
      (catalogue) => catalogue.skus.some(({ id }) => id === plan) && featuresOfPlan(plan, [], catalogue).has(feature),
    ),
  );
const addOnsWith = (feature: Feature): AddOn[] =>
  ADD_ON_NAMES.filter((addOn) => (ADD_ONS[addOn].opens as readonly Feature[]).includes(feature));

const byEdition = (edition: Edition, plans: readonly SkuId[]): FlagStrategy => ({
  title: `Plans of the edition ${edition}`,
  constraints: [constraint("edition", "IN", [edition]), constraint("plan", "IN", plans), notEnded],
});
const byAddOn = (addOn: AddOn): FlagStrategy => ({
  title: `The add-on ${addOn}`,
  constraints: [constraint("addons", "STR_CONTAINS", [addOnsText([addOn])]), notEnded],
});

function flagOf(feature: Feature): FlagDefinition {
  const [plans, addOns] = [plansWith(feature), addOnsWith(feature)];
  const editions = EDITIONS.map((edition) => [edition, plans.filter((plan) => editionOf(plan) === edition)] as const);
  return {
    ...{ name: featureFlag(feature), type: "permission", isEnabled: true },
    description: FEATURES[feature].what,
    strategies: [
      ...editions.filter(([, of]) => of.length > 0).map(([edition, of]) => byEdition(edition, of)),
      ...addOns.map(byAddOn),
    ],
    tags: [...plans, ...addOns].sort(),
  };
}

const switchOf = (feature: Feature): FlagDefinition => ({
  ...{ name: killSwitch(feature), type: "kill-switch", isEnabled: false, tags: [] },
  description: `On: nobody may use ${FEATURES[feature].title.toLowerCase()}, whatever the plan. Constraints narrow whom that holds for.`,
  strategies: [{ title: "All tenants", constraints: [] }],
});

/** Every flag there is, made from the catalogue: for each feature that can be held back what opens it, and a switch that closes it. By name. */
export const FLAGS: readonly FlagDefinition[] = [...FLAGGED.map(flagOf), ...FLAGGED.map(switchOf)].sort((one, other) =>
  one.name < other.name ? -1 : 1,
);

/** How a strategy is said to Unleash: everybody for whom the constraints hold, tenant by tenant. */
export const strategyParameters = (flag: string) => ({ groupId: flag, rollout: "100", stickiness: STICKINESS });

/** What a server that holds these flags answers to a client, but for what it says of the question and of itself. */
export const bootstrapState = () => ({
  version: 2,
  features: FLAGS.map(({ name, type, description, isEnabled, strategies }) => ({
    ...{ name, type, enabled: isEnabled, project: "default", stale: false },
    strategies: strategies.map(({ constraints }) => ({
      ...{ name: "flexibleRollout", constraints, parameters: strategyParameters(name), variants: [] },
    })),
    ...{ variants: [], description, impressionData: false },
  })),
});
