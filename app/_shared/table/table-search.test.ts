import { describe, expect, it } from "vitest";
import { readView, type TableView, writeView } from "./table-search";

const columns = ["name", "started"];

describe("a table's view", () => {
  it.each<TableView>([
    { filter: "a b&c", sort: { id: "started", desc: true } },
    { filter: "", sort: { id: "name", desc: false } },
    { filter: "", sort: null },
  ])("comes back from the address as %j", (view) => {
    expect(readView(new URLSearchParams(writeView("?x=1", "runs", view)), "runs", columns)).toEqual(view);
  });

  it("leaves the rest of the address alone", () => {
    const view: TableView = { filter: "q", sort: null };
    expect(writeView("?cursor=abc&runs.sort=-name&members.q=z", "runs", view)).toBe("?cursor=abc&members.q=z&runs.q=q");
  });

  it("ignores a column that does not exist", () => {
    expect(readView(new URLSearchParams("runs.sort=-password"), "runs", columns).sort).toBeNull();
  });
});
