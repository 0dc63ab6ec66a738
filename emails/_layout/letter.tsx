import { Body, Container, Head, Heading, Hr, Html, Preview, Text } from "@react-email/components";
import type { ReactNode } from "react";

const FONT = "system-ui, -apple-system, 'Segoe UI', sans-serif";
const SMALL = { color: "#5c6370", fontSize: 12, lineHeight: "18px" };

interface Props {
  /** What an inbox shows beside the subject. */
  preview: string;
  heading: string;
  /** Why the reader gets this, and what to do when they did not expect it. */
  footnote: string;
  children: ReactNode;
}

/** The frame of every letter: one column, no image, nothing loaded from anywhere. */
export function Letter({ preview, heading, footnote, children }: Props) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
      </Head>
      <Preview>{preview}</Preview>
      <Body style={{ fontFamily: FONT, margin: 0, padding: "24px 12px" }}>
        <Container style={{ maxWidth: 520 }}>
          <Heading as="h1" style={{ fontSize: 20, lineHeight: "28px" }}>
            {heading}
          </Heading>
          {children}
          <Hr />
          <Text style={SMALL}>{footnote}</Text>
          <Text style={SMALL}>Maestro Conductor</Text>
        </Container>
      </Body>
    </Html>
  );
}
