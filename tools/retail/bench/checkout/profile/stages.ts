/** Where along the arrow processor time goes. */
export const STAGES = [
  'HTTP',
  'append',
  'relay',
  'broker',
  'consume',
  'views',
  'queries',
  'database driver',
  'runtime',
  'database housekeeping',
] as const;
export type Stage = (typeof STAGES)[number];

interface Rule {
  stage: Stage;
  url: RegExp;
  /** Names a function where a file serves several stages. */
  name?: RegExp;
}

const rule = (stage: Stage, url: RegExp, name?: RegExp): Rule => ({ stage, url, ...(name && { name }) });

/** The first that fits a frame says where it belongs. A frame that fits none belongs where its caller does. */
const OURS: readonly Rule[] = [
  rule('relay', /eventsourcing\/src\/(run\/relay|feed\/(kafka-client|kafka-encoder|publisher))\.js$/),
  rule('relay', /eventsourcing\/src\/envelope\.js$/, /^cloudEventText|^eventId/),
  rule('consume', /eventsourcing\/src\/envelope\.js$/),
  rule('consume', /eventsourcing\/src\/(feed\/|run\/(intake|process-runner|slice|loss-watch|lazy-checkpoints|watermarks)\.js)/),
  rule('consume', /\.process\.js$|eventsourcing\/src\/store\/(lane-watch|tail)\.js$/),
  rule('consume', /postgres-store\.js$/, /^(read|follow|stored)$/),
  rule('views', /eventsourcing\/src\/(run\/(view-runner|fold-view)|store\/view-table)\.js$/),
  rule('views', /\.view\.js$/),
  rule('append', /eventsourcing\/src\/(run\/(command-runner|batch|job|tentative|streams|state-cache|groups)|store|nest)[./]/),
  rule('HTTP', /libs\/platform\/|\.http\.js$|tools\/local\//),
  rule('append', /\/apps\/[^.]*\.js$/),
];

/** For frames without a caller of ours: packages, and what Node calls when something comes off a socket. */
const THEIRS: readonly Rule[] = [
  rule('relay', /kafkajs\/src\/(producer|protocol\/(requests\/produce|encoder|recordBatch\/(?!.*decoder)))/),
  rule('consume', /kafkajs\/src\//),
  rule('queries', /node_modules\/typeorm\//),
  rule('database driver', /node_modules\/pg[-/]|node_modules\/postgres-/),
  rule('HTTP', /node_modules\/(@?fastify|@nestjs|light-my-request|find-my-way|rxjs|class-|pino|ajv|fast-)|node:_?http/),
];

/** A frame of a processor profile. */
export interface Frame {
  functionName: string;
  url: string;
}

/** Where our own code says that a frame belongs; undefined when it does not say. */
export function stageOf(frame: Frame): Stage | undefined {
  return find(OURS, frame);
}

/** Where a frame belongs that nobody of ours has called. */
export function stageOfStranger(frame: Frame): Stage | undefined {
  return find(THEIRS, frame);
}

function find(rules: readonly Rule[], { url, functionName }: Frame): Stage | undefined {
  return rules.find((one) => one.url.test(url) && (one.name?.test(functionName) ?? true))?.stage;
}

/** What a connection of a service is for, by the name that it gave itself; what has none is the database's own housekeeping. */
export function stageOfConnection(applicationName: string | undefined): Stage {
  if (applicationName?.endsWith('.log')) return 'append';
  if (applicationName?.endsWith('.views')) return 'views';
  if (applicationName?.endsWith('.queries')) return 'queries';
  return 'database housekeeping';
}
