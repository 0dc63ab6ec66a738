import { type Command, Option } from "commander";
import { type Audience, AUDIENCES } from "@/server/bundles/domain/cuts";
import { BUNDLE_TAGS, type BundleTag } from "@/server/bundles/domain/format";
import { day } from "./option-values";

interface EvidenceOptions {
  tenant: string;
  out: string;
  from?: Date;
  to?: Date;
  dryRun: boolean;
  tag: BundleTag;
  cut?: Audience;
  json: boolean;
}

/** Adds the commands about sealed evidence: making a bundle, checking one, and the keys to check it by. */
export function addEvidenceCommands(program: Command): void {
  program
    .command("evidence")
    .description("seal a tenant's evidence of a period into one file that anybody verifies offline")
    .requiredOption("--tenant <slug>", "whose evidence")
    .requiredOption("--out <file>", "where to; a file that is not there yet")
    .option("--from <day>", "the period's first day, such as 2026-08-01; 90 days ago when left out", day)
    .option("--to <day>", "the day after its last, in UTC; now when left out", day)
    .option("--dry-run", "list what is missing; the bundle is called a dry run by every verifier", false)
    .addOption(new Option("--tag <tag>", "what it is").choices(BUNDLE_TAGS).default(BUNDLE_TAGS[0]))
    .addOption(
      new Option("--cut <audience>", "leave out what is not for them; under the root of the whole").choices(AUDIENCES),
    )
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor evidence --tenant acme --out acme.zip")
    .action(async (options: EvidenceOptions) => {
      const { runEvidence } = await import("./evidence");
      process.exitCode = await runEvidence(options);
    });
  program
    .command("evidence-keys")
    .description(
      "print the public keys that bundles of this deployment are sealed with, as `verify --trust` reads them",
    )
    .addHelpText("after", "\nExample:\n  npx conductor evidence-keys > trusted.pem")
    .action(async () => {
      const { runEvidenceKeys } = await import("./evidence");
      process.exitCode = await runEvidenceKeys();
    });
  program
    .command("release")
    .description("keep the bill of materials, provenance and test results of the build that lies here, as evidence")
    .option("--test-results <file...>", "JSON reports of vitest or Playwright, which you ran on this source")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor release --test-results test-results/vitest.json")
    .action(async (options: { testResults?: string[]; json: boolean }) => {
      const { runRelease } = await import("./release");
      process.exitCode = await runRelease({ ...options, testResults: options.testResults ?? [] });
    });
  program
    .command("audit")
    .description("audit the product for a tenant: roles, policy, objectives, secrets, drift, receipts, controls")
    .requiredOption("--tenant <slug>", "whose use of the product")
    .option("--json", "print one JSON document", false)
    .addHelpText(
      "after",
      "\nExit code 0 only where all of it holds; gaps become findings.\n\nExample:\n  npx conductor audit --tenant acme --json",
    )
    .action(async (options: { tenant: string; json: boolean }) => {
      const { runAudit } = await import("./audit");
      process.exitCode = await runAudit(options);
    });
  program
    .command("verify")
    .argument("<file>", "a sealed bundle")
    .description("check a bundle offline; exit code 1 where it is refused, or is another than expected")
    .option("--trust <keyfile>", "public keys that came by another way than the bundle")
    .option("--tenant <slug>", "whose it has to be")
    .addOption(new Option("--tag <tag>", "what it has to be").choices(BUNDLE_TAGS))
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor verify acme.zip --trust trusted.pem --tenant acme")
    .action(async (file: string, options: { trust?: string; tenant?: string; tag?: BundleTag; json: boolean }) => {
      const { runVerify } = await import("./verify");
      process.exitCode = runVerify(file, options);
    });
}
