import { z } from "zod";
import { DEFAULT_REGIONS, GOVERNANCE_PROFILES, profileNamed } from "@/policies/access/vocabulary";

const optionalText = z.string().trim().min(1).optional();
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, "must be a postgres:// URL");

/** Comma-separated `host:port` pairs or CIDR ranges. */
const egressList = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  )
  .pipe(
    z.array(
      z
        .string()
        .regex(/^([\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$|^[0-9a-f.:]+\/\d{1,3}$/i, "must be host:port or a CIDR range"),
    ),
  );

/** Comma-separated signing secrets, the newest first; undefined where there is none. */
const secretList = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .pipe(z.array(z.string().regex(/^whsec_\w{16,}$/, "must be signing secrets, each whsec_…")).min(1))
  .optional();

/** Comma-separated words, as definitions write a region; each once, the first is that of whoever is not told apart. */
const regionList = z
  .string()
  .default(DEFAULT_REGIONS.join(","))
  .transform((text) => text.split(",").map((part) => part.trim()))
  .pipe(
    z
      .array(
        z
          .string()
          .regex(
            /^[a-z][a-z0-9_]{0,62}$/,
            "must be words such as eu, of lower-case letters, digits and _ (63 at most)",
          ),
      )
      .max(100, "must name 100 regions at most")
      .refine((regions) => new Set(regions).size === regions.length, "must name each region once"),
  );

interface StripeSettings {
  CONDUCTOR_MODE: "demo" | "local" | "production";
  STRIPE_SECRET_KEY?: string | undefined;
  STRIPE_WEBHOOK_SECRET?: string[] | undefined;
  STRIPE_API_BASE?: string | undefined;
}

/** What is wrong with the keys of a deployment: money of one kind of deployment must never move in another. */
function stripeProblems(e: StripeSettings): { path: keyof StripeSettings; message: string }[] {
  const key = e.STRIPE_SECRET_KEY;
  const isProduction = e.CONDUCTOR_MODE === "production";
  const found: { path: keyof StripeSettings; message: string }[] = [];
  const problem = (isSo: boolean, path: keyof StripeSettings, message: string) =>
    isSo ? found.push({ path, message }) : 0;
  if (key === undefined) {
    problem(
      e.STRIPE_WEBHOOK_SECRET !== undefined,
      "STRIPE_SECRET_KEY",
      "is needed together with STRIPE_WEBHOOK_SECRET",
    );
    problem(e.STRIPE_API_BASE !== undefined, "STRIPE_SECRET_KEY", "is needed together with STRIPE_API_BASE");
    return found;
  }
  const [isLive, isSandbox] = [/^(sk|rk)_live_/.test(key), key.startsWith("sk_test_sandbox_")];
  problem(e.STRIPE_WEBHOOK_SECRET === undefined, "STRIPE_WEBHOOK_SECRET", "is needed together with STRIPE_SECRET_KEY");
  problem(isLive && !isProduction, "STRIPE_SECRET_KEY", "is a live key: it belongs in production alone");
  problem(!isLive && isProduction, "STRIPE_SECRET_KEY", "must be a live key in production");
  problem(isProduction && e.STRIPE_API_BASE !== undefined, "STRIPE_API_BASE", "is for demo and local alone");
  problem(
    isSandbox !== (e.STRIPE_API_BASE !== undefined),
    "STRIPE_API_BASE",
    "and a key of the local billing sandbox (sk_test_sandbox_…) belong together",
  );
  const host = e.STRIPE_API_BASE === undefined ? "127.0.0.1" : new URL(e.STRIPE_API_BASE).hostname;
  problem(!["127.0.0.1", "localhost"].includes(host), "STRIPE_API_BASE", "must be on this machine");
  return found;
}

/**
 * The whole configuration of a deployment. `.env.example` is generated from the descriptions here,
 * so a variable that is not in this schema does not exist.
 */
export const envSchema = z
  .object({
    CONDUCTOR_MODE: z
      .enum(["demo", "local", "production"])
      .default("local")
      .describe("What kind of deployment this is. `npm run up` sets demo: seed, demo sign-in, outbox, loopback only."),
    CONDUCTOR_SECRET: z
      .string()
      .min(32, "must hold at least 32 characters of randomness, for example from `openssl rand -base64 48`")
      .describe("Master secret. Session, token, signing and database-role keys are derived from it."),
    CONDUCTOR_SECRET_PREVIOUS: z
      .string()
      .min(32, "must be the master secret before the present one, at least 32 characters")
      .optional()
      .describe(
        "Master secret before the present one, while it is being changed: tenants' secrets are read under either until `npx conductor secrets rotate` is through.",
      ),
    CONDUCTOR_PUBLIC_URL: httpUrl
      .default("http://localhost:3000")
      .describe("Where people reach the app. Links in mails come from here, never from a request header."),
    CONDUCTOR_HOME: z
      .string()
      .default(".conductor")
      .describe("Folder for the embedded database, local blobs and generated secrets."),
    CONDUCTOR_REVISION: z
      .string()
      .regex(/^[\w.-]{1,64}$/, "must be a version or commit id")
      .default("unknown")
      .describe("What code runs: shown by /api/health and kept with every decision."),
    CONDUCTOR_GOVERNANCE_PROFILE: z
      .string()
      .default("conductor-governance-saas")
      .transform((name) => profileNamed(name))
      .pipe(
        z.enum(GOVERNANCE_PROFILES, {
          error: "must be internal, white-label or saas, with or without conductor-governance-",
        }),
      )
      .describe("The governance pack of new tenants: `internal`, `white-label` or `saas`, or its whole name."),
    CONDUCTOR_REGIONS: regionList.describe(
      "The regions there are, separated by commas: whatever is of another is denied. The first is what forms begin with.",
    ),
    HOST: z.string().default("127.0.0.1").describe("Address to listen on."),
    PORT: z.coerce.number().int().min(1).max(65_535).default(3000).describe("Port to listen on."),
    SHUTDOWN_DELAY_SECONDS: z.coerce
      .number()
      .int()
      .min(0)
      .max(60)
      .default(5)
      .describe(
        "How long the web server goes on answering after SIGTERM while /api/ready says 503: as long as your load balancer takes to notice. What is under way then has 4 s more, or 9 s in all. `npm run up` sets 0.",
      ),
    TRUSTED_PROXIES: z.coerce
      .number()
      .int()
      .min(0)
      .max(10)
      .default(0)
      .describe(
        "How many proxies of yours stand before the app. Rate limits go by the address that the outermost one saw; with 0, by the one that connects, whatever X-Forwarded-For claims.",
      ),
    METRICS_TOKEN: z
      .string()
      .min(16, "must hold at least 16 characters")
      .optional()
      .describe("Bearer token for /api/metrics. Without it there is no such page."),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info").describe("Least level logged."),

    DATABASE_URL: postgresUrl
      .optional()
      .describe(
        "Any Postgres or Neon, as the role that may migrate; a pooler before it must keep prepared statements. Without it the embedded Postgres is used.",
      ),
    DATABASE_APP_URL: postgresUrl
      .optional()
      .describe(
        "Login of the app role. Without it: DATABASE_URL with the role conductor_app and its derived password.",
      ),
    DATABASE_ENGINE_URL: postgresUrl
      .optional()
      .describe("Login of the engine role. Without it: DATABASE_URL with conductor_engine and its derived password."),
    REHEARSAL_DATABASE_URL: postgresUrl
      .optional()
      .describe(
        "Login of a role that may create databases on the same server and nothing else: restores are rehearsed in databases that it makes and drops. `npm run up` sets it for its own Postgres; without it nothing is rehearsed.",
      ),
    DATABASE_POOL_MAX: z.coerce
      .number()
      .int()
      .min(1)
      .max(200)
      .default(10)
      .describe("Connections per pool and process."),
    NEON_WS_PROXY: optionalText.describe(
      "host:port of a WebSocket proxy, to use the Neon driver against any Postgres.",
    ),

    TIMESTAMP_AUTHORITY_URL: httpUrl
      .optional()
      .describe("Time-stamping authority (RFC 3161): each bundle's root is stamped by it. Without it no bundle is."),
    SIGSTORE_IDENTITY_TOKEN_FILE: z
      .string()
      .optional()
      .describe(
        "File with the workload's OpenID Connect token: each bundle's root is signed keyless by Sigstore as well. Without it none is.",
      ),
    SIGSTORE_FULCIO_URL: httpUrl.default("https://fulcio.sigstore.dev").describe("Sigstore's certificate authority."),
    SIGSTORE_REKOR_URL: httpUrl.default("https://rekor.sigstore.dev").describe("Sigstore's transparency log."),

    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\/\S+$/, "must be an smtp:// or smtps:// URL")
      .optional()
      .describe("Mail server. Without it, in demo and local mode, mail lands on the Outbox page."),
    MAIL_FROM: z.string().default("Maestro Conductor <conductor@localhost>").describe("Sender of the product's mail."),

    AUTH_GOOGLE_ID: optionalText.describe("Google sign-in: client id."),
    AUTH_GOOGLE_SECRET: optionalText.describe("Google sign-in: client secret."),
    AUTH_GITHUB_ID: optionalText.describe("GitHub sign-in: client id."),
    AUTH_GITHUB_SECRET: optionalText.describe("GitHub sign-in: client secret."),
    AUTH_OIDC_ISSUER: httpUrl.optional().describe("Any OpenID Connect issuer."),
    AUTH_OIDC_CLIENT_ID: optionalText.describe("OIDC client id."),
    AUTH_OIDC_CLIENT_SECRET: optionalText.describe("OIDC client secret."),
    AUTH_OIDC_NAME: z.string().default("Single sign-on").describe("What the OIDC button says."),

    S3_BUCKET: optionalText.describe("Keep blobs in this bucket. Without it: the folder CONDUCTOR_HOME/blobs."),
    S3_REGION: z.string().default("us-east-1").describe("Region of the bucket."),
    S3_ENDPOINT: httpUrl.optional().describe("Any S3-compatible endpoint; without it AWS itself."),
    S3_ACCESS_KEY_ID: optionalText.describe("Key id for the bucket."),
    S3_SECRET_ACCESS_KEY: optionalText.describe("Secret key for the bucket."),

    INNGEST_SIGNING_KEY: optionalText.describe("Run the functions on Inngest instead of the embedded executor."),
    INNGEST_EVENT_KEY: optionalText.describe("Key that sends events to Inngest."),
    INNGEST_BASE_URL: httpUrl.optional().describe("A self-hosted Inngest server."),

    UNLEASH_URL: httpUrl
      .regex(/\/api\/?$/, "must be the address of its API, which ends in /api")
      .optional()
      .describe(
        "API of an Unleash server, such as https://unleash.example/api. Without it the flags of the catalogue decide: nothing that is sold is held back.",
      ),
    UNLEASH_API_TOKEN: optionalText.describe("Backend token of UNLEASH_ENVIRONMENT, to read flags."),
    UNLEASH_ADMIN_TOKEN: optionalText.describe(
      "Admin token, to write flags: for `npx conductor flags` alone. Leave it out of the environment of web servers and workers.",
    ),
    UNLEASH_ENVIRONMENT: z
      .string()
      .regex(/^[\w.~-]{1,100}$/, "must be the name of an environment, such as production")
      .default("production")
      .describe("The environment of the flag server whose flags count here."),
    UNLEASH_REFRESH_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(3_600)
      .default(15)
      .describe("How often each process asks the flag server: as long as it takes a kill switch to arrive."),
    UNLEASH_BACKUP_FILE: optionalText.describe(
      "Where what the flag server said last is kept, for a start without it. Without it: CONDUCTOR_HOME/flags.json.",
    ),
    UNLEASH_BOOTSTRAP: z
      .enum(["catalogue", "none"])
      .default("catalogue")
      .describe(
        "What decides where the flag server never answered: `catalogue`, by which nothing that is sold is held back, or `none`: every paid feature is, until it answers.",
      ),
    CONDUCTOR_LICENCE_FILE: optionalText.describe(
      "Licence of this deployment, as `npx conductor licence issue` writes it: the plan of all its tenants. One that is not genuine, or is for another host, stops the start.",
    ),
    CONDUCTOR_LICENCE_PUBLIC_KEY: optionalText.describe(
      "Public key that has to have signed the licence: Ed25519, SPKI, DER, in base64.",
    ),
    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^(sk|rk)_(test|live)_\w+$/, "must be a secret or restricted key: sk_test_…, rk_live_…")
      .optional()
      .describe("Stripe API key: a live one in production, a test one elsewhere. Without it nothing is sold."),
    STRIPE_WEBHOOK_SECRET: secretList.describe(
      "Signing secrets of the endpoints /api/stripe/webhook and /api/stripe/events, separated by commas; more while they are being changed.",
    ),
    STRIPE_API_BASE: httpUrl
      .optional()
      .describe("A stand-in for the Stripe API on this machine, such as the local billing sandbox. Not in production."),
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional().describe("OTLP collector for traces."),
    EGRESS_ALLOW: egressList.describe(
      "Private targets that HTTP steps may reach all the same, such as 10.1.2.0/24 or intranet:8080. Default: none.",
    ),
  })
  .superRefine((env, ctx) => {
    const problem = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const together = (...names: (keyof typeof env)[]) => {
      const missing = names.filter((name) => env[name] === undefined);
      if (missing.length === 0 || missing.length === names.length) return;
      for (const name of missing)
        problem(name, `is needed together with ${names.filter((n) => n !== name).join(", ")}`);
    };
    together("AUTH_GOOGLE_ID", "AUTH_GOOGLE_SECRET");
    together("AUTH_GITHUB_ID", "AUTH_GITHUB_SECRET");
    together("AUTH_OIDC_ISSUER", "AUTH_OIDC_CLIENT_ID", "AUTH_OIDC_CLIENT_SECRET");
    together("S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY");
    together("UNLEASH_URL", "UNLEASH_API_TOKEN");
    const tokenOf = /^[^:]+:([^.]+)\./.exec(env.UNLEASH_API_TOKEN ?? "")?.[1];
    if (tokenOf !== undefined && tokenOf !== env.UNLEASH_ENVIRONMENT)
      problem("UNLEASH_API_TOKEN", `is of the environment ${tokenOf}, and UNLEASH_ENVIRONMENT is another`);
    if (env.UNLEASH_BOOTSTRAP === "none" && env.UNLEASH_URL === undefined)
      problem("UNLEASH_BOOTSTRAP", "none needs UNLEASH_URL: nobody would ever open a paid feature");
    together("CONDUCTOR_LICENCE_FILE", "CONDUCTOR_LICENCE_PUBLIC_KEY");
    if (env.CONDUCTOR_LICENCE_FILE !== undefined && env.STRIPE_SECRET_KEY !== undefined)
      problem("STRIPE_SECRET_KEY", "and CONDUCTOR_LICENCE_FILE are two sources of plans; leave one out");
    for (const { path, message } of stripeProblems(env)) problem(path, message);
    if (env.INNGEST_SIGNING_KEY !== undefined || env.INNGEST_BASE_URL !== undefined)
      together("INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY");
    if (env.INNGEST_BASE_URL !== undefined && env.INNGEST_SIGNING_KEY === undefined)
      problem("INNGEST_SIGNING_KEY", "is needed together with INNGEST_BASE_URL");
    if (env.CONDUCTOR_MODE !== "production") return;
    if (!env.CONDUCTOR_PUBLIC_URL.startsWith("https://"))
      problem("CONDUCTOR_PUBLIC_URL", "must be https in production");
    if (env.SMTP_URL === undefined)
      problem("SMTP_URL", "is needed in production; the Outbox page is for demo and local");
    if (env.DATABASE_URL === undefined && env.DATABASE_APP_URL === undefined)
      problem("DATABASE_URL", "is needed in production; the embedded Postgres is for demo and local");
  });

export type Env = z.output<typeof envSchema>;

/** A configuration that cannot start; `problems` names every wrong variable at once. */
export class EnvError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(["The configuration is wrong:", ...problems.map((line) => `  - ${line}`)].join("\n"));
    this.name = "EnvError";
    this.problems = problems;
  }
}

/** Parses a configuration; empty strings count as unset. Throws EnvError naming every wrong variable. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new EnvError(
    parsed.error.issues.map((issue) => {
      const name = issue.path.join(".");
      const isMissing = given[name] === undefined && issue.code === "invalid_type";
      return `${name} ${isMissing ? "is missing: " + (envSchema.shape[name as keyof Env].description ?? "") : issue.message}`;
    }),
  );
}

/** The regions of a configuration of which nothing else need be right. Throws EnvError. */
export function regionsIn(source: Readonly<Record<string, string | undefined>>): readonly string[] {
  const parsed = regionList.safeParse(source.CONDUCTOR_REGIONS === "" ? undefined : source.CONDUCTOR_REGIONS);
  if (parsed.success) return parsed.data;
  throw new EnvError(parsed.error.issues.map(({ message }) => `CONDUCTOR_REGIONS ${message}`));
}

let current: Env | undefined;

/** The configuration of this process, parsed once. */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/**
 * Makes the environment a plain object. The one that Node gives asks the system at every look, and the SDK looks at all
 * of it several times per call.
 */
export function copyEnvironment(): void {
  process.env = { ...process.env };
}

export function engineKind(e: Env): "embedded" | "inngest" {
  return e.INNGEST_SIGNING_KEY !== undefined || e.INNGEST_BASE_URL !== undefined ? "inngest" : "embedded";
}
