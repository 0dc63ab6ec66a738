import type { Command } from "commander";

/** Adds the commands about service level objectives; none needs a database or a server. */
export function addSloCommands(program: Command): void {
  const slo = program.command("slo").description("service level objectives as code");
  slo
    .command("compile")
    .description("SLOs for other programs: rules for Prometheus, objects of OpenSLO v1, a dashboard for Grafana")
    .requiredOption("--format <format>", "prometheus, openslo or grafana")
    .option("--edition <edition>", "internal, white-label or saas; all of them when left out")
    .option("--out <folder>", "write files there, instead of printing")
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExample:\n  npx conductor slo compile --format prometheus --edition saas --out rules")
    .action(async (options: { format: string; edition?: string; out?: string; json: boolean }) => {
      const { runSloCompile } = await import("./slo");
      process.exitCode = runSloCompile(options);
    });
  slo
    .command("import")
    .argument("<file>", "objects of OpenSLO v1, YAML")
    .description("an edition's file with the objectives of an OpenSLO file in it; warns about what it cannot hold")
    .option("--edition <edition>", "whose file it goes into: internal, white-label or saas", "saas")
    .option("--json", "print one JSON document", false)
    .addHelpText(
      "after",
      "\nExample:\n  npx conductor slo import partner.yaml --edition white-label > white-label.yaml",
    )
    .action(async (file: string, options: { edition: string; json: boolean }) => {
      const { runSloImport } = await import("./slo");
      process.exitCode = runSloImport(file, options);
    });
  slo
    .command("eval")
    .description("answer questions about burn rates, budgets and alerts, with the arithmetic that judges SLOs")
    .requiredOption("--input <file>", "a JSON list of {id, kind, input}")
    .option("--json", "print one JSON document: a list of {id, value}", false)
    .addHelpText("after", "\nExample:\n  npx conductor slo eval --input server/slos/domain/golden.json --json")
    .action(async (options: { input: string; json: boolean }) => {
      const { runSloEval } = await import("./slo");
      process.exitCode = runSloEval(options);
    });
}
