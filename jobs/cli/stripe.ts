import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { draftWords } from "@/policies/entitlements/signing";
import { applyCatalogue, compareCatalogue, findSeller, findSignatures } from "@/server/billing";
import { Refusal } from "@/server/kernel/errors";
import { parseEnv } from "@/server/platform/env";
import { completeEnvironment } from "./local-state";
import { withDatabase } from "./open-database";

type Differences = Awaited<ReturnType<typeof compareCatalogue>>;
type Seller = NonNullable<ReturnType<typeof findSeller>>;

const REMEDY_WORDS = { create: "is to be made", update: "is to be changed", refuse: "cannot be changed" } as const;

const inWords = (differences: Differences): string =>
  differences.length === 0
    ? `Stripe has everything that catalogue ${CATALOGUE.version} sells.`
    : differences
        .map(({ kind, object, detail, remedy }) => `${kind} ${object} ${detail}: ${REMEDY_WORDS[remedy]}`)
        .join("\n");

/** The seller of the environment, or exit code 2 with what is missing. */
async function withSeller(work: (seller: Seller, isSandbox: boolean) => Promise<number>): Promise<number> {
  completeEnvironment("local");
  const e = parseEnv(process.env);
  const seller = findSeller(e);
  if (seller === null) {
    process.stderr.write("Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET first: nothing is sold without them.\n");
    return 2;
  }
  return work(seller, e.STRIPE_API_BASE !== undefined);
}

const print = (differences: Differences, { json }: { json: boolean }, isClean: boolean) =>
  process.stdout.write(
    json ? `${JSON.stringify({ catalogue: CATALOGUE.version, isClean, differences })}\n` : `${inWords(differences)}\n`,
  );

/** Prints what differs at Stripe from the catalogue; exit code 1 for a difference where it `mustBeClean`. */
export const runStripeCompare = (asked: { json: boolean; mustBeClean: boolean }): Promise<number> =>
  withSeller(async ({ stripe }) => {
    const differences = await compareCatalogue(stripe, CATALOGUE);
    print(differences, asked, differences.length === 0);
    return asked.mustBeClean && differences.length > 0 ? 1 : 0;
  });

/** Makes at Stripe what the catalogue sells, and prints it; exit code 1 where it refuses. A sandbox may have a draft. */
export const runStripeApply = (asked: { json: boolean }): Promise<number> =>
  withSeller(async ({ stripe }, isSandbox) => {
    try {
      const signatures = await withDatabase(parseEnv(process.env), findSignatures);
      const applied = await applyCatalogue(stripe, CATALOGUE, { isSandbox, signatures });
      const draft = draftWords(CATALOGUE, signatures);
      if (draft !== null) process.stderr.write(`${draft} In the sandbox no money moves, so it is sold all the same.\n`);
      print(applied, asked, true);
      return 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
  });
