const REASONS: Readonly<Record<string, string>> = {
  // What the system says of a program whose loader it lacks, too: one that was built for another C library.
  ENOENT: "ENOENT: it is missing, or was built for another system",
  EACCES: "EACCES: this user may not execute it",
};

/** Why a program of the embedded Postgres was not even started, and what to do; null for an error that is none of that. */
export function whyNotStarted(program: string, error: unknown): string | null {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall?.startsWith("spawn") !== true) return null;
  const advice = "install the packages again with `npm ci`, or set DATABASE_URL to a Postgres of your own";
  return `${program} cannot be started (${REASONS[code] ?? code}): ${advice}`;
}
