const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

/** Plain text with its addresses as links. Only http and https become links, whatever the text says. */
export function LinkedText({ text }: { text: string }) {
  return text.split(ADDRESS).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
