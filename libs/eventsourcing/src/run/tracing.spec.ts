import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Refusal } from '../vocabulary';
import type { Job } from './job';
import { batchOf, followed, traced } from './tracing';

class PourTea {
  cup = '';
}

const outcome = { position: 'bar:3=44', state: undefined, version: 1, created: true, duplicate: false };

/** A command as it is handed in, and what it was answered. */
function job(commandId: string): { job: Job; answers: unknown[] } {
  const answers: unknown[] = [];
  const answer = (one: unknown): unknown => answers.push(one);
  const request = { commandId, by: 'lin', now: '2026-01-02T03:04:05.678Z' };
  const made = { binding: {} as never, command: new PourTea(), request, given: undefined, refs: [], attempts: 0 };
  return { job: followed({ ...made, resolve: answer, reject: answer }), answers };
}

describe('without a tracing SDK', () => {
  it('work is done, and nothing is made for nobody', async () => {
    const { job: untold, answers } = job('a');
    expect(untold.span).toBeUndefined();
    untold.resolve(outcome);
    expect(answers).toEqual([outcome]);
    const describe = jest.fn();
    expect(await traced('append batch', describe, () => Promise.resolve(7))).toBe(7);
    expect(describe).not.toHaveBeenCalled();
  });
});

describe('with a tracing SDK', () => {
  const exporter = new InMemorySpanExporter();
  const spans = (name: string): ReadableSpan[] => exporter.getFinishedSpans().filter((span) => span.name === name);

  beforeAll(() => {
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  });
  beforeEach(() => exporter.reset());
  afterAll(() => trace.disable());

  it('a batch links to the commands that it carries, and each command says what was asked and where it is', async () => {
    const jobs = ['a', 'b'].map((id) => job(id).job);
    await traced(
      'append batch',
      () => batchOf(jobs),
      () => Promise.resolve(),
    );
    jobs.forEach((one) => one.resolve(outcome));
    const [batch] = spans('append batch');
    const commands = spans('command PourTea');
    expect(batch?.links.map((link) => link.context.spanId).sort()).toEqual(
      commands.map((span) => span.spanContext().spanId).sort(),
    );
    expect(batch?.attributes).toEqual({ 'batch.commands': 2 });
    expect(commands.map(({ attributes }) => attributes)).toEqual([
      { 'command.name': 'PourTea', 'command.id': 'a', 'command.by': 'lin', position: 'bar:3=44', duplicate: false },
      { 'command.name': 'PourTea', 'command.id': 'b', 'command.by': 'lin', position: 'bar:3=44', duplicate: false },
    ]);
  });

  it('a rule that says no is an answer; a fault is a fault', () => {
    job('a').job.reject(new Refusal('too-hot', 'It is too hot.', 'Wait.'));
    job('b').job.reject(new Error('the cup broke'));
    const [refused, failed] = spans('command PourTea');
    expect([refused?.attributes['refused'], refused?.status.code]).toEqual(['too-hot', 0]);
    expect([failed?.status.code, failed?.events[0]?.name]).toEqual([2, 'exception']);
  });

  it('work that fails says so, and fails as it did', async () => {
    const work = (): Promise<never> => Promise.reject(new Error('away'));
    await expect(traced('write views', () => ({}), work)).rejects.toThrow('away');
    expect(spans('write views')[0]?.status.code).toBe(2);
  });
});
