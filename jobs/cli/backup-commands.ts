import type { Command } from "commander";

interface BackupOptions {
  tenant?: string;
  deployment: boolean;
  out: string;
  keyFile?: string;
  json: boolean;
}

interface RestoreOptions {
  into?: string;
  verify: boolean;
  keyFile?: string;
  json: boolean;
}

const KEY_FILE = "a file whose text is the passphrase; left out: the key is derived from CONDUCTOR_SECRET";

/** Adds the commands about backups: taking one, checking one, and restoring one into an empty database. */
export function addBackupCommands(program: Command): void {
  program
    .command("backup")
    .description("write an encrypted backup of a tenant or of the whole deployment, as of one moment, and verify it")
    .option("--tenant <slug>", "whose rows")
    .option("--deployment", "every table", false)
    .requiredOption("--out <file>", "where to; a file that is not there yet")
    .option("--key-file <file>", KEY_FILE)
    .option("--json", "print one JSON document", false)
    .addHelpText(
      "after",
      "\nExamples:\n  npx conductor backup --tenant acme --out acme.backup\n  npx conductor backup --deployment --out all.backup --key-file backup.key",
    )
    .action(async (options: BackupOptions) => {
      if ((options.tenant === undefined) !== options.deployment)
        program.error("error: --tenant is needed, or --deployment", { exitCode: 2 });
      const { runBackup } = await import("./backup");
      process.exitCode = await runBackup(options);
    });
  program
    .command("restore")
    .argument("<file>", "a backup")
    .description("restore a backup into an empty database, whole or not at all, or only verify it")
    .option("--into <url>", "an empty database, as a role that may migrate it; one without tables is migrated first")
    .option("--verify", "read all of it and compare it with its manifest, without a database", false)
    .option("--key-file <file>", KEY_FILE)
    .option("--json", "print one JSON document", false)
    .addHelpText(
      "after",
      "\nExamples:\n  npx conductor restore all.backup --verify\n  npx conductor restore all.backup --into postgres://…/conductor",
    )
    .action(async (file: string, options: RestoreOptions) => {
      if ((options.into === undefined) !== options.verify)
        program.error("error: --into is needed, or --verify", { exitCode: 2 });
      const { runRestore } = await import("./backup");
      process.exitCode = await runRestore(file, options);
    });
}
