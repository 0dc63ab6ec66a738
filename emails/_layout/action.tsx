import { Button, Link, Text } from "@react-email/components";

/** The one thing a letter asks for: a button, and the same address in plain sight. */
export function Action({ label, url }: { label: string; url: string }) {
  return (
    <>
      <Button
        href={url}
        style={{ background: "#1c4fd8", borderRadius: 6, color: "#ffffff", fontSize: 14, padding: "10px 16px" }}
      >
        {label}
      </Button>
      <Text style={{ fontSize: 12, lineHeight: "18px", wordBreak: "break-all" }}>
        Or open this address: <Link href={url}>{url}</Link>
      </Text>
    </>
  );
}
