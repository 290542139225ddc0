/** Between the texts of a list that travels as one text; JSON text cannot contain it. */
export const SEPARATOR = '\u001e';

/**
 * A PostgreSQL array of what needs no quotes: numbers and UUIDs. The driver looks at every element for what
 * it might be and how to quote it, which is a tenth of what an event costs this process.
 */
export function plain(elements: readonly (number | string | undefined)[]): string {
  return `{${elements.join(',')}}`;
}

const ESCAPED = /["\\]/g;
const needsEscape = (text: string): boolean => text.includes('"') || text.includes('\\');

/** A PostgreSQL array of texts. One look at all of them tells whether any has to be escaped, which is rare. */
export function texts(elements: readonly string[]): string {
  if (elements.length === 0) return '{}';
  const safe = needsEscape(elements.join()) ? elements.map((text) => text.replace(ESCAPED, '\\$&')) : elements;
  return `{"${safe.join('","')}"}`;
}

/**
 * A PostgreSQL array of what rows hold in one column: texts, numbers, truth values and nulls. A list with anything else in it is left to
 * the driver as it is.
 */
export function column(values: readonly unknown[]): string | readonly unknown[] {
  const elements: string[] = [];
  for (const value of values) {
    if (value === null) elements.push('NULL');
    else if (typeof value === 'string') elements.push(`"${needsEscape(value) ? value.replace(ESCAPED, '\\$&') : value}"`);
    else if (typeof value === 'number' || typeof value === 'boolean') elements.push(String(value));
    else return values;
  }
  return `{${elements.join(',')}}`;
}
