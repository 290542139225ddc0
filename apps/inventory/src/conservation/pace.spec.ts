import { accountsAtOnce, skusAtOnce } from './pace';

describe('the pace of the conservation watch', () => {
  it.each([
    ['a small shop is looked at in small steps', 0, 100],
    ['a shop of ten thousand shelves, too', 10_000, 100],
    ['a larger one in as large steps as let a round end in five minutes', 120_000, 400],
    ['a very large one in the largest steps, however long a round takes', 10_000_000, 1000],
  ])('%s', (_, accounts, atOnce) => {
    expect(accountsAtOnce(accounts)).toBe(atOnce);
  });

  it.each([
    ['fewer SKUs at once, the more places each is in', 1000, 10, 100],
    ['one at least, however many places it is in', 1000, 5000, 1],
    ['a limited number, also where hardly any is anywhere', 1000, 0, 250],
  ])('%s', (_, accounts, places, skus) => {
    expect(skusAtOnce(accounts, places)).toBe(skus);
  });
});
