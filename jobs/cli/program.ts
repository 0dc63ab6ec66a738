import { Command, CommanderError, InvalidArgumentError } from "commander";
import { EnvError } from "@/server/platform/env";
import { wholeNumber } from "./option-values";
import { addBackupCommands } from "./backup-commands";
import { addEvidenceCommands } from "./evidence-commands";
import { addFlagCommands } from "./flag-commands";
import { addPlanCommands } from "./plan-commands";
import { addSloCommands } from "./slo-commands";

/** Exit codes of every command: done, refused or failed check, wrong usage. */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Errors whose message is all that somebody at a command line needs. */
const EXPECTED = new Set([
  "DatabaseOwnedError",
  "DatabasePasswordError",
  "EmptyDatabaseError",
  "FlagServerError",
  "LicenceError",
  "NotEntitled",
  "Unavailable",
]);

function truth(text: string): boolean {
  if (text !== "true" && text !== "false") throw new InvalidArgumentError("It must be true or false.");
  return text === "true";
}

interface SimulateOptions {
  profile: string;
  role?: string;
  action?: string;
  risk?: string;
  environment?: string;
  region?: string;
  sensitivity?: string;
  businessUnit?: string;
  sameTenant?: boolean;
  contributor?: boolean;
  questions?: string;
  scenarios: boolean;
  json: boolean;
}

/** Every command, as the command line has it. */
export const program = new Command("conductor")
  .description("Maestro Conductor: run automation that you can defend to an auditor.")
  .exitOverride()
  .showHelpAfterError();

program
  .command("up")
  .description("start everything on this machine: database, app, worker, demo data")
  .option("--reset", "start from empty data", false)
  .option("--no-scene", "in a demo: tenants and people only, without workflows, triggers and runs")
  .addHelpText("after", "\nExample:\n  npm run up -- --reset")
  .action(async (options: { reset: boolean; scene: boolean }) => {
    const { up } = await import("./up");
    process.exitCode = await up({ ...options, dev: false });
  });

program
  .command("dev")
  .description("like up, from sources that reload")
  .option("--reset", "start from empty data", false)
  .addHelpText("after", "\nExample:\n  npm run dev")
  .action(async (options: { reset: boolean }) => {
    const { up } = await import("./up");
    process.exitCode = await up({ ...options, dev: true, scene: true });
  });

program
  .command("worker")
  .description("run the embedded executor, or with Inngest the relay of its events, against the configured database")
  .addHelpText("after", "\nExample:\n  npx conductor worker")
  .action(async () => {
    const { runWorker } = await import("./worker");
    process.exitCode = await runWorker();
  });

program
  .command("migrate")
  .description("bring the database to the schema of this release")
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  DATABASE_URL=postgres://… npx conductor migrate")
  .action(async (options: { json: boolean }) => {
    const { runMigrate } = await import("./migrate");
    await runMigrate(options);
  });

program
  .command("validate")
  .argument("[files...]", "definitions: .json, .ts, .js files (which are run), or folders with *.workflow.* files")
  .description("check definitions of workflows as saving them does, without database or server")
  .option("--egress-allow <targets>", "private targets that are allowed; EGRESS_ALLOW when left out")
  .option("--schema", "print the JSON Schema of a definition", false)
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npx conductor validate docs/examples/workflows")
  .action(async (files: string[], options: { egressAllow?: string; schema: boolean; json: boolean }) => {
    const { runValidate } = await import("./validate");
    // What a definition's file left open, such as a timer, must not keep the command.
    process.exit(await runValidate(files, options));
  });

program
  .command("simulate")
  .description("ask a governance pack who may do what, without database or server")
  .option("--profile <pack>", "internal, white-label or saas, with or without conductor-governance-", "saas")
  .option("--role <role>", "who asks, such as workflow_author")
  .option(
    "--action <action>",
    "author, submit, review, publish, run, approve, kill, pause, or a whole name such as secret.set",
  )
  .option("--risk <profile>", "low, medium, high or critical; low when left out")
  .option("--environment <environment>", "dev, staging or prod; dev when left out")
  .option("--region <region>", "of the thing; that of whoever asks when left out")
  .option("--sensitivity <sensitivity>", "public, internal, confidential or restricted; internal when left out")
  .option("--business-unit <unit>", "of the thing; that of whoever asks when left out")
  .option("--same-tenant <yes>", "whether it is in the tenant of whoever asks: true or false", truth)
  .option("--contributor", "whoever asks has shaped it")
  .option("--what-if <other>", "what would turn under another pack, or under a file that tightens this one")
  .option("--questions <file>", "an array of questions, JSON or YAML, answered in order")
  .option("--scenarios", "ask all scenarios of policies/scenarios, and compare with what they expect", false)
  .option("--json", "print one JSON document", false)
  .addHelpText(
    "after",
    "\nExample:\n  npx conductor simulate --profile saas --role workflow_author --action run --risk high --environment prod",
  )
  .action(async ({ whatIf, ...options }: SimulateOptions & { whatIf?: string }) => {
    const { questions, scenarios, json, sameTenant, businessUnit, role, action, ...rest } = options;
    if (whatIf !== undefined) {
      const { runWhatIf } = await import("./what-if");
      process.exitCode = runWhatIf({ profile: rest.profile, whatIf, json });
      return;
    }
    const { runScenarios, runSimulate } = await import("./simulate");
    if (scenarios) {
      process.exitCode = await runScenarios({ json });
      return;
    }
    if (questions === undefined && (role === undefined || action === undefined))
      program.error("error: --role and --action are needed, or --questions, --scenarios or --what-if", {
        exitCode: EXIT.usage,
      });
    const asked = {
      ...rest,
      role: role ?? "",
      action: action ?? "",
      same_tenant: sameTenant,
      business_unit: businessUnit,
    };
    process.exitCode = await runSimulate(questions === undefined ? asked : null, { questions, json });
  });

program
  .command("matrix")
  .description("who may do what, role by action, under a governance pack or all of them")
  .option("--profile <pack>", "internal, white-label or saas; all of them when left out")
  .option("--csv", "as CSV", false)
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npx conductor matrix --profile saas")
  .action(async (options: { profile?: string; csv: boolean; json: boolean }) => {
    const { runMatrix } = await import("./matrix");
    process.exitCode = runMatrix(options);
  });

program
  .command("bundle")
  .description("a governance pack as a signed bundle for OPA, or whether one may be used; without database or server")
  .option("--profile <pack>", "internal, white-label or saas, with or without conductor-governance-")
  .option("--out <folder>", "where the bundle and the public key are written")
  .option("--verify <file>", "a bundle to check, in place of writing one")
  .option("--key <file>", "the public key (PEM) that is to have signed it")
  .option("--json", "print one JSON document", false)
  .addHelpText(
    "after",
    "\nExamples:\n  npx conductor bundle --profile saas --out bundles\n  npx conductor bundle --verify bundles/conductor-governance-saas.tar.gz --key bundles/conductor-governance-saas.pub.pem",
  )
  .action(async (options: { profile?: string; out?: string; verify?: string; key?: string; json: boolean }) => {
    const { profile, out, verify, key, json } = options;
    const { runBundle, runBundleVerify } = await import("./bundle");
    if (verify !== undefined && key !== undefined && profile === undefined && out === undefined)
      process.exitCode = await runBundleVerify({ verify, key, json });
    else if (profile !== undefined && out !== undefined && verify === undefined && key === undefined)
      process.exitCode = await runBundle({ profile, out, json });
    else program.error("error: --profile and --out are needed, or --verify and --key", { exitCode: EXIT.usage });
  });

program
  .command("drill")
  .description(
    "simulate a breach of a tenant's objective, from the alert to the end of its incident; nothing real is held back",
  )
  .option("--tenant <slug>", "whose", "acme")
  .option("--report", "print the report in Markdown", false)
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npx conductor drill --tenant acme --json")
  .action(async (options: { tenant: string; report: boolean; json: boolean }) => {
    const { runDrill } = await import("./drill");
    process.exitCode = await runDrill(options);
  });

program
  .command("bench")
  .argument("<name>", "what to measure, such as switchboard")
  .description("measure beside a floor of the same run")
  .option("--scale <share>", "how much of what a large measure is about, such as 0.1", Number, 1)
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npm run -s bench -- switchboard --json")
  .action(async (name: string, options: { json: boolean; scale: number }) => {
    const { bench } = await import("./bench");
    process.exitCode = await bench(name, options);
  });

program
  .command("chaos")
  .argument("<name>", "what to disturb, such as runs or restarts (e2e/chaos/scenarios.ts)")
  .description("disturb a system at work in every way, and check that it kept what it promised")
  .option("--count <number>", "how often: kills, restarts, runs; at full length when left out", wholeNumber)
  .option("--kills <number>", "the same, where it is kills that are counted", wholeNumber)
  .option("--seed <number>", "makes the same choices again", wholeNumber)
  .option("--mutants", "break the product in known ways, and check that the oracle sees each", false)
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npm run -s chaos -- runs --kills 25 --json")
  .action(
    async (
      name: string,
      options: { count?: number; kills?: number; seed?: number; mutants: boolean; json: boolean },
    ) => {
      const { chaos } = await import("./chaos");
      process.exitCode = await chaos(name, { ...options, count: options.count ?? options.kills });
    },
  );

program
  .command("conformance")
  .description(
    "prove that one workflow comes to the same on the embedded executor and on Inngest, bundles on the current OPA, and rules of SLOs on promtool",
  )
  .addHelpText("after", "\nExample:\n  INNGEST_BASE_URL=http://127.0.0.1:8288 npm run conformance")
  .action(async () => {
    const { conformance } = await import("./conformance");
    process.exitCode = await conformance();
  });

const receipts = program.command("receipts").description("the record of what was done and decided");
receipts
  .command("verify")
  .description("walk a tenant's chains from their beginning and compare them with every head kept outside the database")
  .requiredOption("--tenant <slug>", "whose chains")
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npx conductor receipts verify --tenant acme")
  .action(async (options: { tenant: string; json: boolean }) => {
    const { runReceiptsVerify } = await import("./receipts");
    process.exitCode = await runReceiptsVerify(options);
  });

const secrets = program.command("secrets").description("what tenants' workflows send and nobody reads");
secrets
  .command("rotate")
  .description(
    "bring the keys of all secrets under the present master secret, from the one in CONDUCTOR_SECRET_PREVIOUS",
  )
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  CONDUCTOR_SECRET=… CONDUCTOR_SECRET_PREVIOUS=… npx conductor secrets rotate")
  .action(async (options: { json: boolean }) => {
    const { runSecretsRotate } = await import("./secrets");
    process.exitCode = await runSecretsRotate(options);
  });

addPlanCommands(program);
addFlagCommands(program);
addSloCommands(program);
addEvidenceCommands(program);
addBackupCommands(program);

const drift = program
  .command("drift")
  .description("compare the deployment and every tenant with what they should be; exit code 1 where something differs")
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npx conductor drift")
  .action(async (options: { json: boolean }) => {
    const { runDrift } = await import("./drift");
    process.exitCode = await runDrift(options);
  });
drift
  .command("accept")
  .description("accept a difference that cannot be undone, such as a pack that a release changed, with a receipt")
  .requiredOption("--tenant <slug>", "whose")
  .requiredOption("--key <key>", "which, as its task names it")
  .requiredOption("--reason <text>", "why, for the receipt")
  .addHelpText("after", '\nExample:\n  npx conductor drift accept --tenant acme --key pack:ten_… --reason "Reviewed"')
  .action(async (options: { tenant: string; key: string; reason: string }) => {
    const { runDriftAccept } = await import("./drift");
    process.exitCode = await runDriftAccept(options);
  });

program
  .command("usage")
  .description("what a tenant used in a month, from its ledger")
  .requiredOption("--tenant <slug>", "whose usage")
  .option("--month <YYYY-MM>", "in UTC; the present one when left out")
  .option("--json", "print one JSON document", false)
  .addHelpText("after", "\nExample:\n  npx conductor usage --tenant acme --month 2026-11")
  .action(async (options: { tenant: string; month?: string; json: boolean }) => {
    const { runUsage } = await import("./usage");
    process.exitCode = await runUsage(options);
  });

program
  .command("price")
  .description("what a month of a tenant costs it and us, how sensitive that is, and what may be let off; offline")
  .option("--scenario <name>", "small, mid or large; all three and the break-even when left out")
  .option(
    "--input <file>",
    "a JSON object with plan, runs, tasksPerRun, weightMilli, seats and addons, or an array of them",
  )
  .option("--json", "print one JSON document: cents, basis points; dollars and percent where chance is at work", false)
  .addHelpText(
    "after",
    "\nExamples:\n  npx conductor price --scenario mid\n  npx conductor price --input months.json --json",
  )
  .action(async (options: { scenario?: string; input?: string; json: boolean }) => {
    const { runPrice } = await import("./price");
    process.exitCode = runPrice(options);
  });

for (const { name, description } of [
  { name: "check", description: "format, types, lint, unused code, generated files" },
  { name: "test", description: "everything CI runs" },
] as const)
  program
    .command(name)
    .description(description)
    .addHelpText("after", `\nExample:\n  npm run ${name}`)
    .action(async () => {
      const commands = {
        check: () => import("./check").then((m) => m.check()),
        test: () => import("./test").then((m) => m.test()),
      };
      process.exitCode = await commands[name]();
    });

/** Runs a command; how it came out is the exit code of the process. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else {
      const isExpected = error instanceof EnvError || (error instanceof Error && EXPECTED.has(error.name));
      process.stderr.write(`${isExpected ? error.message : String((error as Error).stack ?? error)}\n`);
      process.exitCode = EXIT.refused;
    }
  }
}
