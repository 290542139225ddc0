import fc from 'fast-check';
import { heldBy, NO_HOLDS, withHold, type Holds } from './holds';

describe('holds', () => {
  it('are as a plain map of reservations would be, whatever is held and let go', () => {
    const change = fc.tuple(
      fc.nat(400).map((n) => `order-${n}`),
      fc.nat(5),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 1500 }), (changes) => {
        const model = new Map<string, number>();
        let holds: Holds = NO_HOLDS;
        for (const [id, units] of changes) {
          holds = withHold(holds, id, units);
          model.set(id, units);
        }
        expect(holds.units).toBe([...model.values()].reduce((sum, units) => sum + units, 0));
        for (const [id, units] of model) expect(heldBy(holds, id)).toBe(units);
      }),
      { numRuns: 50 },
    );
  });

  it('leave the holds that they were made from alone', () => {
    const one = withHold(NO_HOLDS, 'a', 1);
    withHold(one, 'b', 2);
    withHold(one, 'a', 0);
    expect([one.units, heldBy(one, 'a'), heldBy(one, 'b')]).toEqual([1, 1, 0]);
  });

  it('are empty again when everything was let go', () => {
    const ids = Array.from({ length: 1000 }, (_, n) => `order-${n}`);
    const full = ids.reduce((holds, id) => withHold(holds, id, 1), NO_HOLDS);
    expect(full.units).toBe(1000);
    expect(ids.reduce((holds, id) => withHold(holds, id, 0), full)).toEqual(NO_HOLDS);
  });
});
