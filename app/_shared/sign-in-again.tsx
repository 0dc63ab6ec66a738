"use client";

import { useState } from "react";
import { askAuth } from "./sign-in-call";

/** Signs the reader out and leads them back here by way of the sign-in page: a session that goes on would not be fresh. */
export function SignInAgain() {
  const [words, setWords] = useState("Sign in again");
  const signIn = async () => {
    const address = `/sign-in?callbackUrl=${encodeURIComponent(window.location.pathname)}`;
    try {
      await askAuth("signout", { callbackUrl: address });
      window.location.assign(address);
    } catch {
      setWords("Signing out did not work. Try again");
    }
  };
  return (
    <a
      href="/sign-in"
      onClick={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      {words}
    </a>
  );
}
