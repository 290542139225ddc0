import fc from 'fast-check';
import type KafkajsEncoder from 'kafkajs/src/protocol/encoder';
import { makeLean } from './kafka-encoder';

type EncoderClass = typeof KafkajsEncoder;
interface Message {
  key: string;
  value: string | null;
  headers: Record<string, string>;
  timestamp: string;
}

/** The encoder of kafkajs and what writes a request with it, loaded anew, so that one pair can be changed and the other not. */
interface Writer {
  Encoder: EncoderClass;
  request: (order: object) => { encode: () => Promise<KafkajsEncoder> };
}

function load(): Writer {
  let loaded: Writer | undefined;
  jest.isolateModules(() => {
    loaded = {
      Encoder: jest.requireActual<EncoderClass>('kafkajs/src/protocol/encoder'),
      request: jest.requireActual<Writer['request']>('kafkajs/src/protocol/requests/produce/v3/request'),
    };
  });
  if (!loaded) throw new Error('kafkajs was not loaded.');
  return loaded;
}

const plain = load();
const lean = load();
makeLean(lean.Encoder);

async function produced({ request }: Writer, messages: readonly Message[]): Promise<Buffer> {
  const partitions = [3, 0].map((partition) => ({ partition, firstSequence: 7, messages }));
  const order = {
    acks: -1,
    timeout: 1000,
    producerId: 5,
    producerEpoch: 1,
    topicData: [{ topic: 'retail.storefront', partitions }],
  };
  return (await request(order).encode()).buffer;
}

const message = fc.record({
  key: fc.string({ unit: 'grapheme' }),
  value: fc.oneof(fc.constant(null), fc.string({ unit: 'grapheme', maxLength: 3000, size: 'max' })),
  headers: fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
  // The broker's clock in milliseconds, far apart as well, and before the first one.
  timestamp: fc.integer({ min: 1, max: 2 ** 50 }).map(String),
});

describe('requests to Kafka that are written with less ado', () => {
  it('are the same, byte by byte, whatever the messages are', async () => {
    const same = fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 8 }), async (messages) => {
      expect((await produced(lean, messages)).equals(await produced(plain, messages))).toBe(true);
    });
    await fc.assert(same, { numRuns: 200 });
  });

  it('hold numbers of any size as before', () => {
    const written = ({ Encoder }: Writer, small: number, large: number): unknown[] => [
      new Encoder()
        .writeVarInt(small)
        .writeUVarInt(small >>> 0)
        .writeVarLong(large)
        .writeVarLong(small)
        .buffer.toString('hex'),
      Encoder.sizeOfVarLong(large),
      Encoder.sizeOfVarLong(small),
    ];
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(word, fc.maxSafeInteger(), (small, large) => {
        expect(written(lean, small, large)).toEqual(written(plain, small, large));
      }),
      // On both sides of where the short way of writing ends.
      { examples: [2 ** 30 - 1, 2 ** 30, 2 ** 31 - 1].map((edge): [number, number] => [edge, edge]) },
    );
  });

  it('need no buffer for a number', () => {
    const countFor = ({ Encoder }: Writer): number => {
      const encoder = new Encoder();
      const made = jest.spyOn(Buffer, 'from');
      for (let n = 0; n < 100; n++) encoder.writeVarInt(n).writeVarLong(n);
      const { length } = made.mock.calls;
      made.mockRestore();
      return length;
    };
    expect([countFor(plain), countFor(lean)]).toEqual([200, 0]);
  });

  it('refuse what is no encoder as before', () => {
    const nothing = undefined as unknown as KafkajsEncoder;
    for (const { Encoder } of [plain, lean]) {
      expect(() => new Encoder().writeEncoder(nothing)).toThrow('instance of Encoder');
      expect(() => new Encoder().writeEncoderArray([nothing])).toThrow();
    }
  });
});
