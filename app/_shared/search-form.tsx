import classes from "./search-form.module.css";

interface Props {
  action: string;
  label: string;
  text: string | undefined;
  /** What else the address says, which a search leaves as it is. */
  keeps?: Readonly<Record<string, string>>;
}

/** Searches on the server, over all rows, where a table's own filter looks at those it shows. */
export function SearchForm({ action, label, text, keeps = {} }: Props) {
  return (
    <form className={classes.form} action={action} role="search">
      <input
        className={classes.field}
        type="search"
        name="text"
        aria-label={label}
        placeholder={label}
        defaultValue={text}
      />
      {Object.entries(keeps).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={classes.button}>
        Search
      </button>
    </form>
  );
}
