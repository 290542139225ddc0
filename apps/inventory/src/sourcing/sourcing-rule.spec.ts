import { given } from '#libs/eventsourcing/testing';
import { SetSourcingRule, setSourcingRule } from './set-sourcing-rule';
import { FIRST_RULE, ruleInForce, ruleOf, sourcingRule } from './sourcing-rule';

const asked = (changes: Partial<SetSourcingRule> = {}): SetSourcingRule =>
  Object.assign(new SetSourcingRule(), FIRST_RULE, { rules: 'orders' }, changes);
const nearer = { ...FIRST_RULE, maxExcessKm: 5 };
const set = { type: 'SourcingRuleSet' as const, data: { version: 1, rule: nearer } };

describe('the sourcing rule', () => {
  it('is that of the beginning until somebody sets one', () => {
    expect(ruleInForce([])).toEqual({ version: 0, ...FIRST_RULE });
  });

  it('is what was set last, and earlier versions can be looked up', () => {
    expect(ruleInForce([nearer])).toEqual({ version: 1, ...nearer });
    expect([ruleOf([nearer], 0), ruleOf([nearer], 1), ruleOf([nearer], 2)]).toEqual([
      { version: 0, ...FIRST_RULE },
      { version: 1, ...nearer },
      undefined,
    ]);
  });

  it('gets the next version when it changes', () => {
    given(sourcingRule)
      .when(setSourcingRule, asked({ maxExcessKm: 5 }))
      .then(set);
    given(sourcingRule, set)
      .when(setSourcingRule, asked())
      .then({ type: 'SourcingRuleSet', data: { version: 2, rule: FIRST_RULE } });
  });

  it('stays as it is when the same is said again, in whatever order', () => {
    const { maxKm, ...rest } = nearer;
    given(sourcingRule, set)
      .when(setSourcingRule, asked({ ...rest, maxKm }))
      .thenNothing();
    given(sourcingRule).when(setSourcingRule, asked()).thenNothing();
  });

  it('is there for orders only', () => {
    given(sourcingRule)
      .when(setSourcingRule, asked({ rules: 'returns' }))
      .thenRefused('unknown-sourcing-rule');
  });
});
