/** Ships without types; these are the parts that `kafka-encoder.ts` and its tests know of. */
declare module 'kafkajs/src/protocol/encoder' {
  class Encoder {
    buf: Buffer;
    offset: number;
    constructor(initialSize?: number);
    readonly buffer: Buffer;
    ensureAvailable(length: number): void;
    writeEncoder(value: Encoder): this;
    writeEncoderArray(values: readonly Encoder[]): this;
    writeVarInt(value: number): this;
    writeUVarInt(value: number): this;
    writeVarLong: (this: Encoder, value: unknown) => Encoder;
    static nextPowerOfTwo(value: number): number;
    static sizeOfVarInt(value: number): number;
    static sizeOfVarLong: (this: typeof Encoder, value: unknown) => number;
  }
  export = Encoder;
}
