/** Cells in columns as wide as they need to be; columns whose names are in `right` end at the right, as numbers do. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], right: readonly string[]): string {
  const widths = header.map((title, n) => Math.max(title.length, ...rows.map((row) => row[n]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, n) => (right.includes(header[n] ?? '') ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0)))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}
