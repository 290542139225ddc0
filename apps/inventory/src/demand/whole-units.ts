/**
 * Whole units by day that lose nothing: what one day is rounded off the next day gets, so that after any number of days the sum
 * is the rounded sum of what was expected.
 */
export function wholeUnits(expected: readonly number[]): number[] {
  let sum = 0;
  let given = 0;
  return expected.map((units) => {
    sum += units;
    const due = Math.round(sum) - given;
    given += due;
    return due;
  });
}
