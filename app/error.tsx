"use client";

import { ErrorView } from "./_shared/error-view";

export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <main id="content" tabIndex={-1}>
      <ErrorView {...props} />
    </main>
  );
}
