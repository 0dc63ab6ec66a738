/** The id behind a field that could hold an object in an answer: what is kept always holds the id. */
export function idIn(field: string | { id: string } | null): string {
  if (field === null) throw new Error("this field names nothing");
  return typeof field === "string" ? field : field.id;
}
