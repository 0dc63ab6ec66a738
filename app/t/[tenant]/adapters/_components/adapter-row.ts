import type { InputField } from "@/server/workflows/domain/input-fault";

/** An adapter as its page shows it: all but its signing secret. */
export interface AdapterRow {
  id: string;
  slug: string;
  name: string;
  description: string;
  address: string;
  input: Readonly<Record<string, InputField>>;
  timeoutSeconds: number;
  updatedAt: string;
  /** Until when calls are signed with the secret before the last rotation too. */
  previousValidUntil: string | null;
}

/** What an adapter takes, field by field, in words. */
export function inputWords(input: AdapterRow["input"]): string {
  const fields = Object.entries(input).map(
    ([name, { type, required }]) => `${name} (${type}${required ? "" : ", optional"})`,
  );
  return fields.length === 0 ? "nothing" : fields.join(", ");
}
