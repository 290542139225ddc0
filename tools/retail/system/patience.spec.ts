import type { Answer, Asked } from './api';
import { Patience, SystemAway } from './patience';

const answer = (status: number): Answer => ({ status, headers: {}, body: {} });
const ask = { method: 'GET', path: '/' } as const;
const refused = (): Error => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

/** Answers with one thing after the other, then with the last for ever. */
function system(...answers: (Answer | Error)[]): Asked & { asked: number } {
  return {
    asked: 0,
    ask() {
      const next = answers[Math.min(this.asked++, answers.length - 1)]!;
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
}

describe('patience', () => {
  const said: string[] = [];
  const patient = (api: Asked, patienceMs = 5000): Patience =>
    new Patience(api, { url: 'http://x', patienceMs, say: (sentence) => said.push(sentence) });
  beforeEach(() => void said.splice(0));

  it('takes an answer for an answer, also a no', async () => {
    const api = system(answer(422));
    expect(await patient(api).ask(ask)).toEqual(answer(422));
    expect([api.asked, said]).toEqual([1, []]);
  });

  it('asks again while the system is away, and says so once, and when it is back', async () => {
    const api = system(refused(), refused(), answer(503), answer(201));
    expect(await patient(api).ask(ask)).toEqual(answer(201));
    expect(said).toEqual([
      'The system at http://x cannot go on (ECONNREFUSED); trying again for up to 5 s.',
      expect.stringMatching(/^The system goes on after \d\.\d s\.$/),
    ]);
  });

  it('asks again after a fault of the system that may pass', async () => {
    const api = system(answer(500), answer(200));
    expect(await patient(api).ask(ask)).toEqual(answer(200));
  });

  it('has an end, and says then what to do', async () => {
    await expect(patient(system(refused()), 50).ask(ask)).rejects.toThrow(SystemAway);
    await expect(patient(system(refused()), 50).ask(ask)).rejects.toThrow('Start it, and run the same command again.');
  });

  it('gives a fault that does not pass to whoever asked', async () => {
    expect(await patient(system(answer(500)), 50).ask(ask)).toEqual(answer(500));
  });
});
