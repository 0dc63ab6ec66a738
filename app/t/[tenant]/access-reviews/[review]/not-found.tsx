"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="access review" list="access-reviews" back="Go to the access reviews" />;
}
