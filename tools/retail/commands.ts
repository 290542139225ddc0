import type { Command } from './command';
import { notBuiltYet } from './not-built-yet';

/** Every command by its name. Each loads what it needs when it is called. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    usage: '[--fresh] [--port 3000] [--bus auto|kafka|postgres] [--data-dir .retail]',
    summary: 'run the whole system on 127.0.0.1',
    run: async (args) => (await import('./start.js')).startCommand(args),
  },
  replay: {
    usage: 'FILE [--url URL] [--concurrency N] [--json]',
    summary: 'send a trading file through the public REST APIs',
    run: async (args) => (await import('./replay/replay.js')).replayCommand(args),
  },
  verify: {
    usage: '[--url URL] [--json]',
    summary: 'prove the books',
    run: async (args) => (await import('./verify/verify.js')).verifyCommand(args),
  },
  lag: {
    usage: '[--url URL] [--token T] [--json]',
    summary: 'how far every consumer is behind',
    run: async (args) => (await import('./lag/lag.js')).lagCommand(args),
  },
  bench: {
    usage: 'NAME [FILE] [--seconds N] [--concurrency N] [--runs N] [--json]',
    summary: 'run a benchmark on a fresh durable system',
    run: async (args) => (await import('./bench/bench.js')).benchCommand(args),
  },
  simulate: notBuiltYet('simulate', 'NAME [--json]', 'drive traffic through the public APIs'),
  parked: {
    usage: 'list|retry|skip [--service S] [--consumer C] [--stream X] [--event ID --reason R] [--json]',
    summary: 'see to what a consumer could not take in',
    run: async (args) => (await import('./parked/parked.js')).parkedCommand(args),
  },
  rebuild: {
    usage: 'VIEW [--service NAME] [--url URL] [--json]',
    summary: 'make a view again from the log',
    run: async (args) => (await import('./rebuild/rebuild.js')).rebuildCommand(args),
  },
  explain: {
    usage: 'stock:SKU[@LOCATION] [--as-of TIME] [--figure NAME] [--limit N] [--url URL] [--json]',
    summary: 'a figure and the events behind it',
    run: async (args) => (await import('./explain/explain.js')).explainCommand(args),
  },
  'as-of': {
    usage: 'TIME stock:SKU[@LOCATION] [--axis happened|recorded] [--known-at TIME] [--json]',
    summary: 'a figure as it was',
    run: async (args) => (await import('./explain/explain.js')).asOfCommand(args),
  },
  'what-if': {
    usage: '[--from TIME] [--to TIME] [--safety-stock UNITS] [--ttl SECONDS] [--rule FILE] [--url URL] [--json]',
    summary: 'how orders would have fared by other rules, replayed from the log',
    run: async (args) => (await import('./what-if/what-if.js')).whatIfCommand(args),
  },
};
