"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Closable } from "./close-dialog";

const CloseDialog = dynamic(() => import("./close-dialog").then((module) => module.CloseDialog), { ssr: false });

/** Closes a review; while something is undecided, only as incomplete. */
export function CloseReview(review: Closable) {
  const [isAsking, setIsAsking] = useState(false);
  const isIncomplete = review.undecided > 0;
  return (
    <>
      <Button variant={isIncomplete ? "default" : "filled"} onClick={() => setIsAsking(true)}>
        {isIncomplete ? "Close as incomplete" : "Close review"}
      </Button>
      {isAsking ? <CloseDialog review={review} onClose={() => setIsAsking(false)} /> : null}
    </>
  );
}
