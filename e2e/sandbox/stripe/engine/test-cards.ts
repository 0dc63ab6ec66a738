/** What a charge of a card comes to. */
export type ChargeOutcome =
  | { kind: "succeeds" }
  | { kind: "declined"; code: string; declineCode: string; message: string }
  /** The cardholder must confirm it in person. */
  | { kind: "needs-action" };

export interface TestCard {
  number: string;
  brand: "visa" | "mastercard";
  /** Its names among test payment methods and tokens, without `pm_card_` and `tok_`. */
  names: readonly string[];
  onAttach: ChargeOutcome;
  onCharge: ChargeOutcome;
  /** Needs no second confirmation once its cardholder has given one. */
  isAskedOnce?: boolean;
}

const SUCCEEDS: ChargeOutcome = { kind: "succeeds" };
const DECLINED: ChargeOutcome = {
  ...{ kind: "declined", code: "card_declined", declineCode: "generic_decline" },
  message: "Your card was declined.",
};
const POOR: ChargeOutcome = {
  ...{ kind: "declined", code: "card_declined", declineCode: "insufficient_funds" },
  message: "Your card has insufficient funds.",
};
const EXPIRED: ChargeOutcome = {
  ...{ kind: "declined", code: "expired_card", declineCode: "expired_card" },
  message: "Your card has expired.",
};

/** Documented: docs.stripe.com/testing. No other number is taken, so that nobody's real card comes here. */
const TEST_CARDS: readonly TestCard[] = [
  { number: "4242424242424242", brand: "visa", names: ["visa"], onAttach: SUCCEEDS, onCharge: SUCCEEDS },
  { number: "5555555555554444", brand: "mastercard", names: ["mastercard"], onAttach: SUCCEEDS, onCharge: SUCCEEDS },
  ...[
    { number: "4000000000000341", names: ["chargeCustomerFail"], onAttach: SUCCEEDS, onCharge: DECLINED },
    {
      number: "4000002500003155",
      names: ["authenticationRequiredOnSetup"],
      onAttach: SUCCEEDS,
      onCharge: { kind: "needs-action" as const },
      isAskedOnce: true,
    },
    {
      number: "4000002760003184",
      names: ["authenticationRequired"],
      onAttach: SUCCEEDS,
      onCharge: { kind: "needs-action" as const },
    },
    {
      number: "4000000000000002",
      names: ["chargeDeclined", "visa_chargeDeclined"],
      onAttach: DECLINED,
      onCharge: DECLINED,
    },
    {
      ...{
        number: "4000000000009995",
        names: ["chargeDeclinedInsufficientFunds", "visa_chargeDeclinedInsufficientFunds"],
      },
      ...{ onAttach: POOR, onCharge: POOR },
    },
    { number: "4000000000000069", names: ["chargeDeclinedExpiredCard"], onAttach: EXPIRED, onCharge: EXPIRED },
  ].map((card) => ({ brand: "visa" as const, ...card })),
];

/** The test card behind a number, or null for any other number. */
export function cardOfNumber(number: string): TestCard | null {
  return TEST_CARDS.find((card) => card.number === number.replaceAll(" ", "")) ?? null;
}

/** The test card behind `pm_card_visa` or `tok_visa`, or null. */
export function cardNamed(name: string): TestCard | null {
  const [, word] = /^(?:pm_card|tok)_(.+)$/.exec(name) ?? [];
  return TEST_CARDS.find(({ names }) => word !== undefined && names.includes(word)) ?? null;
}

/** The test card that ends in these digits: what a stored card still shows of it. */
export function cardEndingIn(last4: string): TestCard | null {
  return TEST_CARDS.find(({ number }) => number.endsWith(last4)) ?? null;
}
