import { envSchema } from "@/server/platform/env";

interface Variable {
  name: string;
  description: string;
  defaultValue: string | undefined;
}

function variables(): Variable[] {
  return Object.entries(envSchema.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(undefined);
    const value: unknown = parsed.success ? parsed.data : undefined;
    const isTold = typeof value === "string" || typeof value === "number" || (Array.isArray(value) && value.length > 0);
    const defaultValue = isTold ? String(value) : undefined;
    return { name, description: schema.description ?? "", defaultValue };
  });
}

/** `.env.example`: every variable, commented out, with its default. */
export function envExample(): string {
  const header = "# Every variable there is. Generated from server/platform/env.ts by `npm run generate`.\n";
  const entries = variables().map(
    ({ name, description, defaultValue }) => `# ${description}\n# ${name}=${defaultValue ?? ""}\n`,
  );
  return [header, ...entries].join("\n");
}

export function envTable(): string {
  const rows = variables().map(
    ({ name, description, defaultValue }) =>
      `| \`${name}\` | ${defaultValue === undefined ? "–" : `\`${defaultValue}\``} | ${description} |`,
  );
  return [
    "# Environment",
    "",
    "Generated from `server/platform/env.ts`. A wrong value stops the start with every problem listed at once.",
    "",
    "| Variable | Default | What it does |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
