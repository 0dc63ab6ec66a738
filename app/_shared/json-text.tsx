/** A JSON value as indented text; nothing is hidden, long values scroll. */
export function JsonText({ value, label }: { value: unknown; label: string }) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{
        maxHeight: 320,
        margin: 0,
        padding: 10,
        overflow: "auto",
        background: "var(--page)",
        border: "1px solid var(--line)",
        borderRadius: "var(--radius)",
        whiteSpace: "pre-wrap",
        overflowWrap: "anywhere",
      }}
    >
      {value === undefined ? "–" : JSON.stringify(value, null, 2)}
    </pre>
  );
}
