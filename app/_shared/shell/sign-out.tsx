"use client";

import { useState } from "react";
import { askAuth } from "../sign-in-call";
import classes from "./bar.module.css";

export function SignOut() {
  const [words, setWords] = useState("Sign out");
  const signOut = async () => {
    setWords("Signing out …");
    try {
      await askAuth("signout", { callbackUrl: "/sign-in" });
      window.location.assign("/sign-in");
    } catch {
      setWords("Signing out did not work. Try again");
    }
  };
  return (
    <button type="button" className={classes.item} onClick={() => void signOut()}>
      {words}
    </button>
  );
}
