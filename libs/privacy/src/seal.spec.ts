import fc from 'fast-check';
import { isSealed } from '#libs/contracts';
import { MasterKey, WrongMasterKey } from './master-key';
import { keyIdOf, seal, SealBroken, unseal, type SubjectKey } from './seal';

const master = new MasterKey('a1'.repeat(32));
const liNa = master.newKey('li-na');
const at = { field: 'deliverTo', occasion: 'c1' };
const values = fc.jsonValue();

/** The text with one letter exchanged for another of the same alphabet. */
const altered = (text: string, place: number, letter: string): string => text.slice(0, place) + letter + text.slice(place + 1);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

describe('what is sealed', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(values, fc.string(), fc.string(), (value, field, occasion) => {
        const text = seal(liNa, { field, occasion }, value);
        expect(JSON.stringify(unseal(liNa, field, text))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('says of itself that it is, and with which key', () => {
    const text = seal(liNa, at, { latitude: 30.25 });
    expect(isSealed(text)).toBe(true);
    expect(keyIdOf(text)).toBe(liNa.id);
    for (const clear of [{ latitude: 30.25 }, 'Li Na', '', null, undefined, 7]) expect(keyIdOf(clear)).toBeUndefined();
  });

  it('shows nothing of its value, nor of whom it is about', () => {
    const text = seal(liNa, at, { name: 'Li Na', phone: '13800000000' });
    const shown = Buffer.from(text.slice(text.lastIndexOf(':') + 1), 'base64url').toString('latin1') + text;
    for (const word of ['Li Na', 'li-na', '13800000000', 'phone']) expect(shown).not.toContain(word);
  });

  it('does not open when a single letter of it was changed', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.constantFrom(...LETTERS, ':', '=', '+'), (value, n, letter) => {
        const text = seal(liNa, at, value);
        const place = 'sealed:v1:'.length + 16 + (n % (text.length - 'sealed:v1:'.length - 16));
        fc.pre(text[place] !== letter);
        expect(() => unseal(liNa, 'deliverTo', altered(text, place, letter))).toThrow(SealBroken);
      }),
    );
  });

  it('does not open when it was cut or something was put to it', () => {
    const text = seal(liNa, at, 'West Lake 1');
    const cuts = Array.from({ length: text.length }, (_, end) => text.slice(0, end));
    for (const broken of [...cuts, `${text}A`, `${text}AAAA`]) {
      expect(() => unseal(liNa, 'deliverTo', broken)).toThrow(SealBroken);
    }
  });

  it('does not open as another field, nor as that of another person, even under the same secret', () => {
    const text = seal(liNa, at, 'West Lake 1');
    const chenJie: SubjectKey = { ...liNa, subject: 'chen-jie' };
    expect(() => unseal(liNa, 'recipient', text)).toThrow(SealBroken);
    expect(() => unseal(chenJie, 'deliverTo', text)).toThrow(SealBroken);
    expect(() => unseal(master.newKey('li-na'), 'deliverTo', text)).toThrow(SealBroken);
    expect(unseal(liNa, 'deliverTo', text)).toBe('West Lake 1');
  });

  it('is the same text when the same command comes again, and another at any other occasion', () => {
    const words = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(values, words, words, (value, one, other) => {
        const text = seal(liNa, { ...at, occasion: one }, value);
        expect(seal(liNa, { ...at, occasion: one }, value)).toBe(text);
        fc.pre(one !== other);
        expect(seal(liNa, { ...at, occasion: other }, value)).not.toBe(text);
      }),
    );
  });
});

describe('the master key', () => {
  it('unwraps what it wrapped, for the person and the id that it was wrapped for', () => {
    const wrapped = master.wrap(liNa);
    expect(master.unwrap(liNa.id, 'li-na', wrapped)).toEqual(liNa);
    expect(() => master.unwrap(liNa.id, 'chen-jie', wrapped)).toThrow(WrongMasterKey);
    expect(() => master.unwrap('another-id', 'li-na', wrapped)).toThrow(WrongMasterKey);
    expect(() => new MasterKey('b2'.repeat(32)).unwrap(liNa.id, 'li-na', wrapped)).toThrow(WrongMasterKey);
  });
});
