"use client";

import { useState } from "react";
import { Notice } from "@/app/_shared/notice";
import { roleWord } from "@/policies/access/role-word";
import classes from "../../auth.module.css";

interface Props {
  destination: string;
  people: readonly { email: string; role: string; tenant: string }[];
}

/** Demo mode only: sign in as anybody of the seed. */
export function DemoPeople({ destination, people }: Props) {
  const [failure, setFailure] = useState<string | null>(null);
  const signIn = async (email: string) => {
    const answer = await fetch("/api/demo/sign-in", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email }),
    }).catch(() => null);
    if (answer?.ok === true) window.location.assign(destination);
    else setFailure(`Signing in as ${email} did not work (${answer?.status ?? "no answer"}).`);
  };
  return (
    <section className={classes.stack} style={{ marginTop: 16 }} aria-labelledby="demo-people">
      <h2 className={classes.or} id="demo-people">
        or as a person of the demo
      </h2>
      {failure === null ? null : <Notice tone="bad" title={failure} />}
      <ul className={classes.people} tabIndex={0} aria-label="Demo people">
        {people.map(({ email, role }) => (
          <li key={email}>
            <button type="button" className={classes.person} onClick={() => void signIn(email)}>
              {email} <span>{roleWord(role)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
