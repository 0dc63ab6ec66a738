import { Missing } from "./_shared/missing";

export default function NotFound() {
  return (
    <main id="content" tabIndex={-1}>
      <Missing what="page" href="/" back="Go to the start" />
    </main>
  );
}
