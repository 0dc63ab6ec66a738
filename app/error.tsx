"use client";

import { BareFrame } from "./_shared/bare-frame";
import { ErrorView } from "./_shared/error-view";

export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <BareFrame>
      <ErrorView {...props} />
    </BareFrame>
  );
}
