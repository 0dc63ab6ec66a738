import path from "node:path";
import process from "node:process";
import { ESLint } from "eslint";
import ts from "typescript";
import { ROOT } from "./local-state";

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => "\n",
};

function projectProgram(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(path.join(ROOT, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.formatDiagnostic(diagnostic, HOST));
    },
  });
  if (config === undefined) throw new Error("tsconfig.json cannot be read");
  return ts.createProgram({
    rootNames: config.fileNames,
    options: config.options,
    configFileParsingDiagnostics: ts.getConfigFileParsingDiagnostics(config),
  });
}

/**
 * Says what `tsc --noEmit` and `eslint . --max-warnings 0` say, over one program: apart, each loads the same files and
 * works out the same types, half as long again in all. Returns true when neither has anything to say.
 */
async function typesAndLint(): Promise<boolean> {
  const program = projectProgram();
  // Types first: the rules then find them worked out.
  const diagnostics = ts.sortAndDeduplicateDiagnostics(ts.getPreEmitDiagnostics(program));
  process.stdout.write(ts.formatDiagnostics(diagnostics, HOST));
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: {
      files: ["**/*.{ts,tsx}"],
      languageOptions: { parserOptions: { projectService: false, programs: [program] } },
    },
  });
  const results = await eslint.lintFiles(["."]);
  process.stdout.write(await (await eslint.loadFormatter("stylish")).format(results));
  return diagnostics.length === 0 && results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
}

process.exitCode = (await typesAndLint()) ? 0 : 1;
