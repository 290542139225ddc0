import { parseArgs } from 'node:util';
import { printJson, say, UsageError } from '../command';
import { Progress } from '../progress';
import { Api } from '../system/api';
import { systemUrl } from '../where';
import { beginRebuild, findViews, followRebuild, type Rebuilt, type ViewPlace } from './views';

/**
 * `retail rebuild VIEW`: makes a view again from the logs, beside the live one, shows how far it is, and says how the two differed.
 * The answer with `--json`: `{ ok, view, service, state, events, seconds, eventsPerSecond, same, differences }`. `ok` says that the view is
 * right now, whether or not it was before; `same` says whether it was.
 */
export async function rebuildCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      url: { type: 'string' },
      service: { type: 'string' },
      json: { type: 'boolean' },
      token: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [view, ...more] = positionals;
  if (view === undefined || more.length > 0) throw new UsageError('Name one view: retail rebuild VIEW.');
  const token = values.token ?? process.env['RETAIL_TOKEN'];
  const api = new Api({ url: await systemUrl(values.url), token, connections: 8 });
  try {
    const rebuilt = await rebuild(api, theOne(view, await findViews(api, view, values.service)));
    if (values.json === true) printJson(rebuilt);
    else say(inWords(rebuilt));
    return rebuilt.ok ? 0 : 1;
  } finally {
    api.close();
  }
}

function theOne(view: string, found: readonly ViewPlace[]): ViewPlace {
  const [place, ...others] = found;
  if (!place) throw new UsageError(`No service has a view ${view}. retail lag lists them by their names.`);
  if (others.length === 0) return place;
  const services = found.map(({ service }) => service).join(', ');
  throw new UsageError(`Several services have a view ${view}: ${services}. Name one with --service.`);
}

async function rebuild(api: Api, place: ViewPlace): Promise<Rebuilt> {
  let { events: done, total } = await beginRebuild(api, place);
  const progress = new Progress(process.stderr, () => ({ done, total, unit: 'events' }));
  progress.start();
  const rebuilt = await followRebuild(api, place, (status) => ({ events: done, total } = status));
  progress.stop();
  return rebuilt;
}

function inWords({ ok, view, service, state, error, events, seconds, same, differences }: Rebuilt): string {
  if (!ok) return `The view ${view} of ${service} was left as it is (${state}). ${error ?? 'Begin again.'}`;
  const made = `${view} of ${service}: ${events.toLocaleString('en-US')} events in ${seconds.toFixed(1)} s.`;
  if (same === true || !differences) return `${made} The live view was right, row by row.`;
  const { missing, surplus, changed, examples } = differences;
  const what = `${missing} rows were missing, ${surplus} should not have been there, ${changed} were different`;
  return `${made} The live view was wrong and is right now: ${what}, for example ${examples.join(' · ')}.`;
}
