// Tables as data, as files and in another order.

const MISSING = "–";

export function value(text) {
  return text === MISSING ? NaN : Number(text.replaceAll(",", ""));
}

// { heads: [text], rows: [[text]] } as shown.
export function read(table) {
  const cells = (row) => [...row.cells].map((cell) => cell.textContent);
  const heads = [...table.tHead.rows[0].cells].map((cell) => (cell.firstChild ?? cell).textContent.trim());
  return { heads, rows: [...table.tBodies[0].rows].map(cells) };
}

// A cell that spreadsheets would run as a formula is told to be text; numbers are in other cells.
const inert = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

// The table as a file: numbers without separators, a dash for none as an empty cell.
export function csv(table) {
  const quoted = (cell) => plainly(inert(cell));
  const plainly = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const plain = (cell) => {
    const text = cell.textContent;
    if (!cell.classList.contains("n")) return quoted(text);
    return text === MISSING ? "" : text.replaceAll(",", "");
  };
  const head = [...table.tHead.rows[0].cells].map((cell) => quoted(cell.textContent.trim()));
  const body = [...table.tBodies[0].rows].map((row) => [...row.cells].map(plain));
  return [head, ...body].map((row) => row.join(",")).join("\n") + "\n";
}

// A button above the table that saves its numbers.
export function savable(table) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save";
  button.textContent = "Save as CSV";
  button.setAttribute("aria-label", `Save as CSV: ${table.caption.textContent}`);
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv(table)], { type: "text/csv" }));
    link.download = `${table.id.replace(/-table$/, "")}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  table.parentElement.before(button);
}

// Buttons in the heads; the order is told to readers.
export function sortable(table) {
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => {
        const text = row.cells[at].textContent;
        const number = row.cells[at].classList.contains("n") ? value(text) : parseFloat(text.replaceAll(",", ""));
        return Number.isNaN(number) || /^\d{4}-/.test(text) || !/^[\d.,-]/.test(text) ? text : number;
      };
      const order = (x, y) => (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y)));
      const rows = [...table.tBodies[0].rows].sort((x, y) => (down ? -1 : 1) * order(key(x), key(y)));
      table.tBodies[0].append(...rows);
    });
  });
}
