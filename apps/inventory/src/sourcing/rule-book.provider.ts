import { Streams } from '#libs/eventsourcing';
import { Lookup } from './lookup.view';
import { ORDERS, ruleInForce, sourcingRule, type RuleInForce } from './sourcing-rule';

/** A rule that was set here or elsewhere is followed from this much later on. */
const FRESH_MS = 500;

/** The rule in force, for every order of a moment. */
export class RuleBook {
  private readonly rules: Lookup<RuleInForce>;

  constructor(streams: Streams) {
    const load = async (): Promise<Map<string, RuleInForce>> =>
      new Map([[ORDERS, ruleInForce((await streams.read(sourcingRule, ORDERS)).state)]]);
    this.rules = new Lookup({ none: ruleInForce([]), freshMs: () => FRESH_MS, capacity: 1, load });
  }

  async inForce(): Promise<RuleInForce> {
    const [rule] = await this.rules.find([ORDERS]);
    return rule ?? ruleInForce([]);
  }
}

/** How a service provides it. */
export const ruleBook = {
  provide: RuleBook,
  inject: [Streams],
  useFactory: (streams: Streams): RuleBook => new RuleBook(streams),
};
