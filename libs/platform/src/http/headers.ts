import { invalidInput } from './problems';

const KEY = /^[\x21-\x7e]{1,128}$/;

/** The `Idempotency-Key` of a write: 1 to 128 visible ASCII characters. */
export function idempotencyKey(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw invalidInput(
      'idempotency-key-required',
      'The request brings no Idempotency-Key, so a repeat of it could not be told from a second request.',
      'Send the header Idempotency-Key with a fresh UUID, and send the same one again when you repeat the request.',
    );
  }
  if (KEY.test(header)) return header;
  throw invalidInput(
    'invalid-idempotency-key',
    `The Idempotency-Key has ${header.length} characters, or one that is not visible ASCII.`,
    'Send one Idempotency-Key of 1 to 128 visible ASCII characters without blanks; a UUID does.',
  );
}

/** The version in `If-Match: "3"`. Versions are exact, so weak tags, lists and `*` are not understood. */
export function ifMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw invalidInput(
    'invalid-if-match',
    `If-Match is ${header.slice(0, 80)}, which is no version.`,
    'Send the ETag of an earlier answer unchanged, like If-Match: "3", or leave If-Match out.',
  );
}

const LONGEST_WAIT_SECONDS = 30;

/**
 * The milliseconds in `Prefer: wait=5` (RFC 7240), 30 seconds at most; undefined when the caller does not want to wait.
 * Preferences other than `wait` are not for us and ignored, as the RFC asks.
 */
export function preferWait(header: string | undefined): number | undefined {
  const wait = header?.split(',').map((preference) => /^\s*wait\s*=\s*([^;]*)/i.exec(preference)?.[1]?.trim());
  const value = wait?.find((text) => text !== undefined);
  if (value === undefined) return undefined;
  const seconds = /^"?(\d{1,9})"?$/.exec(value)?.[1];
  if (seconds !== undefined) return Math.min(Number(seconds), LONGEST_WAIT_SECONDS) * 1000;
  throw invalidInput(
    'invalid-prefer',
    `Prefer asks to wait for "${value.slice(0, 40)}", which is no number of seconds.`,
    `Send Prefer: wait=5, at most ${LONGEST_WAIT_SECONDS}, or leave it out.`,
  );
}
