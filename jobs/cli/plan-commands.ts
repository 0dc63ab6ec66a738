import type { Command } from "commander";
import type { IssueAsked } from "./licence";
import { day, wholeNumber } from "./option-values";

/** Adds the commands about what tenants have: grants by hand, licences, and what is sold. */
export function addPlanCommands(program: Command): void {
  addEntitlements(program);
  addLicence(program);
  addStripe(program);
  addTenants(program);
}

function addTenants(program: Command): void {
  program
    .command("tenants")
    .description("tenants of this deployment")
    .command("provision")
    .description(
      "make a tenant for a customer: with its plan until a day, and an invitation to its first administrator",
    )
    .requiredOption("--name <name>", "what it is called")
    .requiredOption("--slug <slug>", "its address")
    .requiredOption("--email <address>", "its first administrator")
    .requiredOption("--plan <sku>", "what it has, such as white-label")
    .requiredOption("--expires <day>", "when that ends, within a year, such as 2027-01-31", day)
    .requiredOption("--reason <text>", "why, for the receipt")
    .option("--seats <count>", "seats beside those that the plan includes", wholeNumber)
    .option("--json", "print one JSON document", false)
    .addHelpText(
      "after",
      '\nExample:\n  npx conductor tenants provision --name "Bolt Ltd" --slug bolt --email ada@bolt.example --plan white-label --expires 2027-01-31 --reason "Contract 7"',
    )
    .action(
      async (options: {
        name: string;
        slug: string;
        email: string;
        plan: string;
        expires: Date;
        reason: string;
        seats?: number;
        json: boolean;
      }) => {
        const { runTenantsProvision } = await import("./tenants");
        process.exitCode = await runTenantsProvision(options);
      },
    );
}

function addEntitlements(program: Command): void {
  const entitlements = program.command("entitlements").description("what tenants have beside the product itself");
  entitlements
    .command("list")
    .description("a tenant's add-ons, and those that there are")
    .requiredOption("--tenant <slug>", "whose")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor entitlements list --tenant acme")
    .action(async (options: { tenant: string; json: boolean }) => {
      const { runEntitlementsList } = await import("./entitlements");
      process.exitCode = await runEntitlementsList(options);
    });
  for (const { change, description } of [
    { change: "grant", description: "give a tenant an add-on, with a receipt in its chain" },
    { change: "revoke", description: "take an add-on away from a tenant, with a receipt in its chain" },
  ] as const)
    entitlements
      .command(change)
      .description(description)
      .requiredOption("--tenant <slug>", "whose")
      .requiredOption("--add-on <name>", "which, such as custom-adapters")
      .option("--reason <text>", "why, for the receipt")
      .option("--expires <day>", "when it ends, such as 2027-01-31; after 90 days when left out", day)
      .option("--json", "print one JSON document", false)
      .addHelpText("after", `\nExample:\n  npx conductor entitlements ${change} --tenant acme --add-on custom-adapters`)
      .action(async (options: { tenant: string; addOn: string; reason?: string; expires?: Date; json: boolean }) => {
        const { runEntitlementsChange } = await import("./entitlements");
        process.exitCode = await runEntitlementsChange(change, options);
      });

  entitlements
    .command("plan")
    .description("grant a plan by hand until a day, in place of what the tenant has, with a receipt in its chain")
    .requiredOption("--tenant <slug>", "whose")
    .requiredOption("--plan <sku>", "which, such as pro")
    .requiredOption("--reason <text>", "why, for the receipt")
    .requiredOption("--expires <day>", "when it ends, within a year, such as 2027-01-31", day)
    .option("--seats <count>", "seats beside those that the plan includes", wholeNumber)
    .option("--json", "print one JSON document", false)
    .addHelpText(
      "after",
      '\nExample:\n  npx conductor entitlements plan --tenant acme --plan pro --expires 2027-01-31 --reason "Pilot"',
    )
    .action(
      async (options: {
        tenant: string;
        plan: string;
        reason: string;
        expires: Date;
        seats?: number;
        json: boolean;
      }) => {
        const { runEntitlementsPlan } = await import("./entitlements");
        process.exitCode = await runEntitlementsPlan(options);
      },
    );
  entitlements
    .command("end")
    .description("take away all that was granted by hand, with a receipt in the tenant's chain")
    .requiredOption("--tenant <slug>", "whose")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor entitlements end --tenant acme")
    .action(async (options: { tenant: string; json: boolean }) => {
      const { runEntitlementsEnd } = await import("./entitlements");
      process.exitCode = await runEntitlementsEnd(options);
    });
}

const collect = (word: string, words: string[]): string[] => [...words, word];

function addLicence(program: Command): void {
  const licence = program
    .command("licence")
    .description("signed files that say what a deployment may have, and until when");
  licence
    .command("issue")
    .description("sign a licence with a private key (Ed25519, PEM)")
    .requiredOption("--id <id>", "its name, such as partner-2027")
    .requiredOption("--sku <sku>", "white-label or internal")
    .requiredOption("--holder <name>", "whose it is")
    .requiredOption("--deployment <host>", "the host of the deployment, such as conductor.example.com")
    .requiredOption("--expires <day>", "when it ends, such as 2027-12-31", day)
    .requiredOption("--issuer <name>", "who issues it")
    .requiredOption("--key <file>", "the private key that signs it")
    .option("--from <day>", "from when it counts; now when left out", day)
    .option("--tenants <count>", "tenants at most; any number when left out", wholeNumber)
    .option("--seats <count>", "members of each tenant at most; any number when left out", wholeNumber)
    .option("--concurrent-runs <count>", "runs of a tenant at a time; any number when left out", wholeNumber)
    .option("--add-on <name>", "an add-on that it includes; may be repeated", collect, [])
    .option("--out <file>", "where it is written; to the standard output when left out")
    .addHelpText(
      "after",
      "\nExample:\n  npx conductor licence issue --id partner-2027 --sku white-label --holder Partner --deployment conductor.example.com --expires 2027-12-31 --issuer Maestro --key licence.pem",
    )
    .action(async (options: IssueAsked) => {
      const { runLicenceIssue } = await import("./licence");
      process.exitCode = runLicenceIssue(options);
    });
  licence
    .command("verify")
    .argument("<file>", "the licence")
    .description("whether a licence is genuine and counts now; exit code 1 where it is not or does not")
    .requiredOption("--key <file>", "the public key (PEM) that is to have signed it")
    .option("--deployment <host>", "the host it is to be for; its own when left out")
    .addHelpText("after", "\nExample:\n  npx conductor licence verify licence.json --key licence.pub.pem")
    .action(async (file: string, options: { key: string; deployment?: string }) => {
      const { runLicenceVerify } = await import("./licence");
      process.exitCode = runLicenceVerify({ file, ...options });
    });
}

function addStripe(program: Command): void {
  const stripe = program
    .command("stripe")
    .description("products, prices, meter and portal at Stripe, by the catalogue");
  for (const { name, description, mustBeClean } of [
    { name: "plan", description: "what `apply` would make or change", mustBeClean: false },
    { name: "verify", description: "whether all is as it should be; exit code 1 for a difference", mustBeClean: true },
  ])
    stripe
      .command(name)
      .description(description)
      .option("--json", "print one JSON document", false)
      .addHelpText("after", `\nExample:\n  npx conductor stripe ${name}`)
      .action(async ({ json }: { json: boolean }) => {
        const { runStripeCompare } = await import("./stripe");
        process.exitCode = await runStripeCompare({ json, mustBeClean });
      });
  stripe
    .command("apply")
    .description("make what is missing; refuses a draft of the catalogue, and to change what people have bought")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor stripe apply")
    .action(async (options: { json: boolean }) => {
      const { runStripeApply } = await import("./stripe");
      process.exitCode = await runStripeApply(options);
    });
  stripe
    .command("reconcile")
    .description("compare every customer with Stripe now, both ways; exit code 1 where a person is to see to something")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor stripe reconcile")
    .action(async (options: { json: boolean }) => {
      const { runStripeReconcile } = await import("./stripe-inbox");
      process.exitCode = await runStripeReconcile(options);
    });
  stripe
    .command("replay")
    .description("let events be tried again that were given up or not believed; exit code 1 for one that is neither")
    .option("--event <id>", "which; all of them when left out")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor stripe replay --event evt_1234")
    .action(async (options: { event?: string; json: boolean }) => {
      const { runStripeReplay } = await import("./stripe-inbox");
      process.exitCode = await runStripeReplay(options);
    });
  stripe
    .command("release")
    .description("let use be told again that Stripe could not count, once that is put right")
    .requiredOption("--tenant <slug>", "whose")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor stripe release --tenant acme")
    .action(async (options: { tenant: string; json: boolean }) => {
      const { runStripeRelease } = await import("./stripe-inbox");
      process.exitCode = await runStripeRelease(options);
    });
  stripe
    .command("take-back")
    .description("take use back that was told wrongly, within a day; the next hour tells what the ledger says")
    .requiredOption("--tenant <slug>", "whose")
    .requiredOption("--report <identifier>", "which, such as wu:ten_…:2026-11-27T10:00:00.000Z")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor stripe take-back --tenant acme --report wu:ten_…")
    .action(async (options: { tenant: string; report: string; json: boolean }) => {
      const { runStripeTakeBack } = await import("./stripe-inbox");
      process.exitCode = await runStripeTakeBack(options);
    });
}
