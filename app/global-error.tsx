"use client";

/** Stands in for the whole document, so it brings nothing along that could have broken. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en-GB">
      <body>
        <main>
          <h1>The app could not be shown</h1>
          <p>Something broke on our side. Nothing was lost.</p>
          <button type="button" onClick={() => retry()}>
            Try again
          </button>
          <p>
            <a href="/">To the start</a>
          </p>
        </main>
      </body>
    </html>
  );
}
