import type { Command } from "commander";
import { wholeNumber } from "./option-values";

/** Adds the commands about the flags of a flag server. */
export function addFlagCommands(program: Command): void {
  const flags = program.command("flags").description("flags on an Unleash server that hold back what is sold");
  for (const { what, description } of [
    { what: "plan", description: "what differs between the flags of the catalogue and those of the server" },
    { what: "apply", description: "bring the server to the flags of the catalogue; kill switches that are on stay on" },
    {
      what: "verify",
      description: "whether the server holds the flags of the catalogue; exit code 1 where it does not",
    },
  ] as const)
    flags
      .command(what)
      .description(description)
      .option("--json", "print one JSON document", false)
      .addHelpText(
        "after",
        `\nExample:\n  UNLEASH_URL=https://unleash.example/api UNLEASH_ADMIN_TOKEN=… npx conductor flags ${what}`,
      )
      .action(async (options: { json: boolean }) => {
        const { runFlags } = await import("./flags");
        process.exitCode = await runFlags(what, options);
      });
  flags
    .command("serve")
    .description("start an Unleash server on this machine, for development: `npm run flags`")
    .option("--port <port>", "where it listens on loopback", wholeNumber, 4242)
    .addHelpText("after", "\nExample:\n  npm run flags")
    .action(async (options: { port: number }) => {
      const { serveFlags } = await import("./serve-flags");
      process.exitCode = await serveFlags(options);
    });
}
