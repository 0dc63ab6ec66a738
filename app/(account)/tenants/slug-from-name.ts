/** An address made from a name: lower-case words joined by hyphens, 48 characters at most; may be too short to use. */
export function slugFromName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+|-+$/g, "")
    .slice(0, 48)
    .replace(/-+$/, "");
}
