import { opaConformance } from "./opa";
import { promtoolConformance } from "./promtool";
import { runStages } from "./stages";

/** A server that does not answer within this time is not there (milliseconds). */
const ANSWERS_WITHIN_MS = 3_000;

/** What the proof drives, in words, and the address of a real server when it is one. */
interface Driven {
  words: string;
  server: string | null;
}

type Settings = Readonly<Record<string, string | undefined>>;

/** Whether an Inngest server answers there, as its own health page says. */
async function isAnswering(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(new URL("/health", url), { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    return ok;
  } catch {
    return false;
  }
}

const RECORDED = "the recorded protocol (e2e/sandbox/inngest), over real HTTP";

/** Which of the two can be driven here, and why not the other. */
export async function chooseServer(settings: Settings): Promise<Driven> {
  const { INNGEST_BASE_URL: url, INNGEST_DEV: dev, INNGEST_SIGNING_KEY: signing, INNGEST_EVENT_KEY: event } = settings;
  const recorded = (why: string): Driven => ({ words: `${RECORDED}: ${why}`, server: null });
  if (url === undefined || url === "")
    return recorded(
      dev === undefined || dev === ""
        ? "INNGEST_BASE_URL names no server"
        : "a development server (INNGEST_DEV) signs nothing, and the product answers signed calls only; name a self-hosted one in INNGEST_BASE_URL",
    );
  if (signing === undefined || event === undefined)
    return recorded(`${url} is named, but not its INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY`);
  if (!(await isAnswering(url))) return recorded(`no Inngest server answers at ${url}`);
  return { words: `the Inngest server at ${url}`, server: url };
}

/**
 * Proves that one workflow comes to the same on both engines: the embedded one, and a real Inngest server where one can be
 * reached, else the recorded protocol; that the current OPA proves the bundles of the packs; and that Prometheus reads the
 * rules of the SLOs. Says what it drove, and what it skipped. Exit code 1 when something differs.
 */
export async function conformance(): Promise<number> {
  const { words, server } = await chooseServer(process.env);
  process.stderr.write(`Beside the embedded executor this drives ${words}.\n`);
  const results = await runStages([
    {
      name: `one workflow on both engines: embedded, and ${words}`,
      run: ["vitest", "run", "e2e/conformance"],
      env: server === null ? { INNGEST_BASE_URL: "", INNGEST_DEV: "" } : { CONFORMANCE_SERVER: server },
    },
  ]);
  const codes = [await opaConformance(), promtoolConformance()];
  return results.every(({ passed }) => passed) && codes.every((code) => code === 0) ? 0 : 1;
}
