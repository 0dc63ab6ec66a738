/** What tenants may buy beside the product itself: each add-on, and what it is called. */
export const ADD_ONS = {
  "custom-adapters": { title: "Custom adapters" },
} as const satisfies Readonly<Record<string, { title: string }>>;
export type AddOn = keyof typeof ADD_ONS;

/** What only some tenants may do: in words, and the add-on that unlocks it. */
export const FEATURES = {
  "custom-adapters": {
    title: "Custom adapters",
    what: "Steps that call programs of your own, over HTTP that the product signs.",
    addOn: "custom-adapters",
  },
} as const satisfies Readonly<Record<string, { title: string; what: string; addOn: AddOn }>>;
export type Feature = keyof typeof FEATURES;

/** True for a word that names an add-on of this release. */
export const isAddOn = (word: string): word is AddOn => Object.hasOwn(ADD_ONS, word);

/** The features that a tenant with these add-ons has; words that no add-on is called unlock nothing. */
export function featuresOf(addOns: readonly string[]): ReadonlySet<Feature> {
  const names = Object.keys(FEATURES) as Feature[];
  return new Set(names.filter((name) => addOns.includes(FEATURES[name].addOn)));
}

/** Why something is refused to a tenant without the feature, and what to do about it. */
export const refusalOf = (feature: Feature): string =>
  `${FEATURES[feature].title} are not part of this tenant's plan. The add-on ${FEATURES[feature].addOn} unlocks them: ` +
  "ask whoever operates this deployment.";
