import { Refusal } from '../vocabulary';

/** Others were faster every time. */
export function contended(attempts: number): Refusal {
  return new Refusal(
    'too-much-contention',
    `Others kept changing what the command needs; it was decided ${attempts} times.`,
    'Send the request again with the same Idempotency-Key.',
    'conflict',
  );
}

/** The same command id, another request. */
export function keyReused(): Refusal {
  return new Refusal(
    'idempotency-key-reused',
    'This Idempotency-Key came before with another request.',
    'Use a fresh key for a new request, or repeat the first request unchanged.',
  );
}
