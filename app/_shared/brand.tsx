/** The product's mark and name. */
export function Brand() {
  return (
    <span style={{ display: "inline-flex", gap: 8, alignItems: "center", fontWeight: 650, color: "var(--text)" }}>
      <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="6" fill="var(--mantine-color-pine-7)" />
        <path d="M22 11.5a7.5 7.5 0 1 0 0 9" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
        <circle cx="22" cy="16" r="2.4" fill="#fff" />
      </svg>
      Conductor
    </span>
  );
}
