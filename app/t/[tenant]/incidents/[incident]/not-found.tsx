"use client";

import { MissingHere } from "@/app/_shared/missing-here";

export default function NotFound() {
  return <MissingHere what="incident" list="incidents" back="Go to the incidents" />;
}
