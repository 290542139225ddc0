/** Asks the system and gives the answer's JSON; a problem document becomes an error that says what to do. */
export async function ask(method, path, { body, headers = {} } = {}) {
  const answer = await fetch(path, request(method, body, headers));
  const json = await answer.json().catch(() => ({}));
  if (answer.ok) return json;
  throw new Error([json.detail ?? `${method} ${path} answered ${answer.status}`, json.remedy].filter(Boolean).join(' '));
}

/** Every write carries a key, so that sending it twice is safe. */
function request(method, body, headers) {
  if (method === 'GET') return { headers };
  const own = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
  return { method, headers: { ...own, ...headers }, body: JSON.stringify(body ?? {}) };
}

/** The same write for a terminal. */
export function curlOf(path, body, headers) {
  const all = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `  -H '${name}: ${value}' \\`);
  return [`curl -s ${location.origin}${path} \\`, ...lines, `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`].join('\n');
}
