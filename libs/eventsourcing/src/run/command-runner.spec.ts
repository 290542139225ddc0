import { randomUUID } from 'node:crypto';
import { begins, handles, spans } from '../nest/bindings';
import type { Batch, ChainResult } from '../store/event-store';
import { MemoryStore } from '../store/memory-store';
import { Refusal, to, type Aggregate, type Decide, type DecideAcross } from '../vocabulary';
import type { CommandRequest, Outcome } from './command';
import { CommandRunner, type RunnerOptions } from './command-runner';
import { Streams } from './streams';

interface PotEvents {
  Poured: { cups: number };
}
const pot: Aggregate<{ cups: number }, PotEvents> = {
  category: 'pot',
  initial: { cups: 10 },
  evolve: { Poured: (state, { cups }) => ({ cups: state.cups - cups }) },
};
class Pour {
  pot = 'a';
  cups = 1;
}
const pour: Decide<Pour, { cups: number }, PotEvents> = ({ cups }, state) => {
  if (cups < 0) throw new Error('a bug');
  if (state.cups < cups) throw new Refusal('empty', 'The pot is empty.', 'Fill it.');
  return cups === 0 ? [] : [{ type: 'Poured', data: { cups } }];
};
class PourBoth {}
const pourBoth: DecideAcross<PourBoth> = (_command, stateOf) => [
  to(pot, 'a', ...pour(new Pour(), stateOf(pot, 'a'), { now: '', by: '', given: undefined })),
  to(pot, 'b', ...pour(new Pour(), stateOf(pot, 'b'), { now: '', by: '', given: undefined })),
];
const pourBinding = handles(pot, Pour, pour, (command) => command.pot);
const bothBinding = spans(PourBoth, pourBoth, () => [
  { aggregate: pot, id: 'a' },
  { aggregate: pot, id: 'b' },
]);
const request = (extra: Partial<CommandRequest> = {}): CommandRequest => ({
  commandId: randomUUID(),
  by: 'guest',
  now: '2026-01-02T03:04:05.000Z',
  ...extra,
});
const options: RunnerOptions = {
  maxCommands: 100,
  maxStreams: 1000,
  maxAttempts: 20,
  paceMs: 0,
  patienceMs: 0,
  schemaVersionOf: () => 1,
  resolve: () => {
    throw new Error('nothing to resolve');
  },
  onCommit: () => undefined,
};

/** Writes nothing until it is let go, and remembers of how many commands each batch was that has come. */
class SlowStore extends MemoryStore {
  readonly batches: number[] = [];
  letGo: () => void = () => undefined;
  private readonly free = new Promise<void>((resolve) => (this.letGo = resolve));

  override async append(batch: Batch): Promise<ChainResult[]> {
    this.batches.push(batch.commands.length);
    await this.free;
    return super.append(batch);
  }

  async begun(batches: number): Promise<void> {
    while (this.batches.length < batches) await new Promise(setImmediate);
  }
}

describe('carrying out commands', () => {
  let store: MemoryStore;
  let streams: Streams;
  let runner: CommandRunner;
  beforeEach(() => {
    store = new MemoryStore('kitchen');
    streams = new Streams(store);
    runner = new CommandRunner(store, streams, options);
  });
  const run = (cups: number, extra: Partial<CommandRequest> = {}, by = runner): Promise<Outcome> =>
    by.run(pourBinding, Object.assign(new Pour(), { cups }), request(extra));

  it('decides commands of one batch on what the earlier ones decided: ten cups, fourteen guests', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 14 }, () => run(1)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await streams.read(pot, 'a')).toEqual({ state: { cups: 0 }, version: 10 });
  });

  it('keeps the promise when two runners share the log: whoever was late decides again', async () => {
    const other = new CommandRunner(store, new Streams(store), options);
    const answers = await Promise.allSettled(Array.from({ length: 14 }, (_, n) => run(1, {}, n % 2 ? runner : other)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await streams.read(pot, 'a')).toEqual({ state: { cups: 0 }, version: 10 });
  });

  it('writes a second batch beside one that is slow once forty commands wait, and not before', async () => {
    const slow = new SlowStore('kitchen');
    const busy = new CommandRunner(slow, new Streams(slow), options);
    const pots = (from: number, to: number): Promise<Outcome>[] =>
      Array.from({ length: to - from }, (_, n) =>
        busy.run(pourBinding, Object.assign(new Pour(), { pot: `${from + n}` }), request()),
      );
    const first = pots(0, 1);
    await slow.begun(1);
    const some = pots(1, 40);
    await new Promise(setImmediate);
    expect(slow.batches).toEqual([1]);
    const enough = pots(40, 41);
    await slow.begun(2);
    expect(slow.batches).toEqual([1, 40]);
    slow.letGo();
    expect(await Promise.all([...first, ...some, ...enough])).toHaveLength(41);
  });

  it('answers a repeated command with its first outcome and writes nothing', async () => {
    const commandId = randomUUID();
    const first = await run(2, { commandId, fingerprint: 'x' });
    const second = await run(2, { commandId, fingerprint: 'x' });
    expect(first).toMatchObject({ created: true, duplicate: false, version: 1, state: { cups: 8 } });
    expect(second).toMatchObject({ created: false, duplicate: true, position: first.position });
    expect(await store.load([{ stream: 'pot:a', after: 0 }])).toHaveLength(1);
  });

  it('answers a repeat whose rule now says no, because the first time it said yes', async () => {
    const commandId = randomUUID();
    await run(10, { commandId });
    expect(await run(10, { commandId })).toMatchObject({ duplicate: true });
  });

  it('refuses a command id that comes back with another request, even if nothing had to be written the first time', async () => {
    const commandId = randomUUID();
    await run(0, { commandId, fingerprint: 'x' });
    await expect(run(1, { commandId, fingerprint: 'y' })).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('refuses a command that was meant for another version', async () => {
    await run(1);
    await expect(run(1, { expectedVersion: 0 })).rejects.toMatchObject({ code: 'version-mismatch' });
    expect(await run(1, { expectedVersion: 1 })).toMatchObject({ version: 2 });
  });

  it('does not look for a stream that a command is to begin, and decides again if it is there all the same', async () => {
    const asked = jest.spyOn(store, 'load');
    const beginning = (cups: number, by = runner): Promise<Outcome> =>
      by.run(begins(pourBinding), Object.assign(new Pour(), { cups }), request());
    expect(await beginning(7)).toMatchObject({ version: 1, created: true, state: { cups: 3 } });
    expect(asked).not.toHaveBeenCalled();
    const unaware = new CommandRunner(store, new Streams(store), options);
    expect(await beginning(2, unaware)).toMatchObject({ version: 2, created: false, state: { cups: 1 } });
  });

  it('fails a command with a bug alone; its neighbors are written', async () => {
    const answers = await Promise.allSettled([run(1), run(-1), run(1)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('writes several streams or none', async () => {
    await runner.run(pourBinding, Object.assign(new Pour(), { pot: 'b', cups: 10 }), request());
    await expect(runner.run(bothBinding, new PourBoth(), request())).rejects.toMatchObject({ code: 'empty' });
    expect(await streams.read(pot, 'a')).toMatchObject({ version: 0 });
  });

  describe('a command that may look at several streams', () => {
    class PourFromFirst {
      pots!: string[];
    }
    const pourFromFirst: DecideAcross<PourFromFirst> = ({ pots }, stateOf) => {
      const found = pots.find((id) => stateOf(pot, id).cups > 0);
      return found === undefined ? [] : [to(pot, found, { type: 'Poured', data: { cups: 1 } })];
    };
    const binding = spans(PourFromFirst, pourFromFirst, ({ pots }) => pots.map((id) => ({ aggregate: pot, id })));
    const conflicts: number[] = [];
    const askAround = (...pots: string[]): Promise<Outcome> => {
      conflicts.length = 0;
      const counting = { ...options, onCommit: (commit: { conflicts: number }) => conflicts.push(commit.conflicts) };
      return new CommandRunner(store, streams, counting).run(binding, Object.assign(new PourFromFirst(), { pots }), request());
    };
    class Refill {
      pot!: string;
    }
    const refillBinding = handles(
      pot,
      Refill,
      () => [{ type: 'Poured', data: { cups: -1 } }],
      (command) => command.pot,
    );
    const refilledElsewhere = (id: string): Promise<Outcome> =>
      new CommandRunner(store, new Streams(store), options).run(
        refillBinding,
        Object.assign(new Refill(), { pot: id }),
        request(),
      );

    it('does not mind what happened to those that it did not need', async () => {
      await askAround('b', 'a');
      await refilledElsewhere('a');
      expect((await askAround('b', 'a')).version).toBe(2);
      expect(conflicts).toEqual([0]);
    });

    it('decides again when one that it passed over is not any more as it was', async () => {
      await run(10);
      await askAround('a', 'b');
      await refilledElsewhere('a');
      await askAround('a', 'b');
      expect(conflicts).toEqual([1, 0]);
      expect((await streams.read(pot, 'a')).state).toEqual({ cups: 0 });
    });
  });

  it('says where each command was written', async () => {
    const { position } = await runner.run(bothBinding, new PourBoth(), request());
    expect(position).toMatch(/^kitchen:\d=1,\d=1$|^kitchen:\d=2$/);
  });

  it('wakes whoever waits for a stream', async () => {
    const waiting = streams.until(pot, 'a', ({ cups }) => cups === 7, 5000);
    await run(1);
    await run(2);
    expect(await waiting).toEqual({ state: { cups: 7 }, version: 2 });
  });

  it('gives the present state to whoever waited in vain', async () => {
    expect(await streams.until(pot, 'a', () => false, 5)).toEqual({ state: { cups: 10 }, version: 0 });
  });
});
