import { Button, Link, Text } from "@react-email/components";
import { ONLY_IN_HTML } from "./written";

/** The one thing a letter asks for: a button, and the same address in plain sight. */
export function Action({ label, url }: { label: string; url: string }) {
  return (
    <>
      <Button
        href={url}
        style={{ background: "#0f6f63", borderRadius: 6, color: "#ffffff", fontSize: 14, padding: "10px 16px" }}
      >
        {label}
      </Button>
      <Text className={ONLY_IN_HTML} style={{ fontSize: 12, lineHeight: "18px", wordBreak: "break-all" }}>
        Or open this address: <Link href={url}>{url}</Link>
      </Text>
    </>
  );
}
