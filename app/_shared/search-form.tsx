import classes from "./search-form.module.css";

/** Searches on the server, over all rows, where a table's own filter looks at those it shows. */
export function SearchForm({ action, label, text }: { action: string; label: string; text: string | undefined }) {
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
      <button type="submit" className={classes.button}>
        Search
      </button>
    </form>
  );
}
