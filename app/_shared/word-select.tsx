"use client";

import { NativeSelect, type NativeSelectProps } from "@mantine/core";

interface Props<Word extends string> extends Omit<NativeSelectProps, "data" | "value" | "onChange"> {
  words: readonly Word[];
  value: Word;
  /** How people read a word; as it is when absent. */
  say?: (word: Word) => string;
  onChange: (word: Word) => void;
}

/** A choice among the words of a closed vocabulary. */
export function WordSelect<Word extends string>({ words, say = (word) => word, onChange, ...rest }: Props<Word>) {
  return (
    <NativeSelect
      {...rest}
      data={words.map((word) => ({ value: word, label: say(word) }))}
      onChange={(event) => {
        const word = words.find((each) => each === event.currentTarget.value);
        if (word !== undefined) onChange(word);
      }}
    />
  );
}
