/** A place in a lane that a reader wants to be past. */
export interface Position {
  source: string;
  lane: number;
  position: number;
}

const TOKEN = /^[a-z-]{1,40}:\d{1,4}=\d{1,15}(,\d{1,4}=\d{1,15})*(;[a-z-]{1,40}:\d{1,4}=\d{1,15}(,\d{1,4}=\d{1,15})*)*$/;

/** Whether a text is a position token: `inventory:0=12,3=44;storefront:1=7`. */
export function isPositionToken(token: string): boolean {
  return TOKEN.test(token);
}

/** The places that a well-formed token names. */
export function parsePositions(token: string): Position[] {
  return token.split(';').flatMap((part) => {
    const [source = '', lanes = ''] = part.split(':');
    return lanes.split(',').map((entry) => {
      const [lane, position] = entry.split('=').map(Number);
      return { source, lane: lane ?? 0, position: position ?? 0 };
    });
  });
}
