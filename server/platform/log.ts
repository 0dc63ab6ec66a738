import pino, { type Logger } from "pino";
import { env } from "./env";
import { traceIds } from "./trace";

/** Field names whose values never reach a log line, at any of the first three depths. */
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "set-cookie",
  "password",
  "secret",
  "token",
  "apiKey",
  "api_key",
  "sessionToken",
  "accessToken",
  "refreshToken",
  "idToken",
];

/** A JSON logger: one line per entry, newlines in values escaped, secret fields replaced by [redacted]. */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: traceIds,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: "[redacted]" },
    },
    // A closed log pipe must not end the process (stdout's EPIPE would).
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

let shared: Logger | undefined;

/** The process's logger. */
export function log(): Logger {
  shared ??= createLogger(env().LOG_LEVEL);
  return shared;
}
