"use client";

import { BareFrame } from "./_shared/bare-frame";
import { Missing } from "./_shared/missing";

export default function NotFound() {
  return (
    <BareFrame>
      <Missing what="page" href="/" back="Go to the start" />
    </BareFrame>
  );
}
