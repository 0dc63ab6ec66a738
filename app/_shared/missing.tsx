import { ButtonLink } from "./page";

/** The not-found state. The same words for what never was and for what belongs to somebody else. */
export function Missing({ what, href, back }: { what: string; href: string; back: string }) {
  return (
    <div style={{ padding: 16, maxWidth: 720 }}>
      <h1 style={{ marginBottom: 8 }}>No such {what}</h1>
      <p style={{ marginBottom: 12, color: "var(--muted)" }}>
        It does not exist, or it is not yours to see. Check the address, or the account you are signed in with.
      </p>
      <ButtonLink href={href}>{back}</ButtonLink>
    </div>
  );
}
