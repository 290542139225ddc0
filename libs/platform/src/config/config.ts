import { hostname } from 'node:os';
import { SERVICES, type Service } from '#libs/contracts';
import { Variables, type Environment } from './variables';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything that is set from outside, read once. Inject it with `@Inject(CONFIG)`. */
export interface Config {
  /** Where the APIs listen. Port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** Where the keys of persons are; the same for all services, which may have databases of their own. */
  readonly privacyDatabaseUrl: string;
  /** Wraps those keys: 64 hexadecimal digits. Absent: a key that everybody knows, where access is open anyway. */
  readonly privacyMasterKey?: string;
  readonly bus: 'kafka' | 'postgres';
  readonly kafkaBrokers: readonly string[];
  /** Whether the services of one process read topics together or, so that each can have further instances elsewhere, one by one. */
  readonly kafkaConsumers: 'per-process' | 'per-service';
  /** Lanes of each log, fixed when the log is made. */
  readonly lanes: number;
  /** First part of topics, consumer groups and event types: `retail`. */
  readonly namespace: string;
  /** Names this process among its like; the same after a restart. */
  readonly instance: string;
  /** Where every other service is, unless `serviceUrls` says otherwise; absent: in this process. */
  readonly servicesUrl?: string;
  readonly serviceUrls: Readonly<Partial<Record<Service, string>>>;
  /** The key of the tokens that callers bring; absent: access is open. */
  readonly authJwtSecret?: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** The largest body of a request, in bytes. */
  readonly bodyLimitBytes: number;
}

/** Token of the `Config` of this process. */
export const CONFIG = Symbol('CONFIG');

/** Says of every variable that is wrong what is wrong with it and what to do. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration does not hold:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads and checks the environment. Throws a `ConfigError` that names each faulty variable and the remedy. */
export function loadConfig(environment: Environment): Config {
  const variables = new Variables(environment);
  const where = address(variables);
  const databaseUrl = database(variables);
  const config: Config = {
    ...where,
    databaseUrl,
    ...privacy(variables, databaseUrl),
    ...bus(variables),
    lanes: variables.integer('LANES', 8, { least: 1, most: 256 }),
    namespace: variables.optional('EVENT_NAMESPACE') ?? 'retail',
    instance: variables.optional('INSTANCE') ?? `${hostname()}:${where.port}`,
    ...services(variables),
    ...access(variables, where.host),
    logLevel: variables.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
    bodyLimitBytes: variables.integer('BODY_LIMIT_BYTES', 1_048_576, { least: 1024, most: 104_857_600 }),
  };
  if (variables.faults.length > 0) throw new ConfigError(variables.faults);
  return config;
}

function address(variables: Variables): Pick<Config, 'host' | 'port'> {
  return {
    host: variables.optional('HOST') ?? '127.0.0.1',
    port: variables.integer('PORT', 3000, { least: 0, most: 65_535 }),
  };
}

const DATABASE_EXAMPLE = 'postgres://retail:secret@127.0.0.1:5432/retail';

function database(variables: Variables): string {
  variables.required('DATABASE_URL', `Set it to the PostgreSQL database of the services, like ${DATABASE_EXAMPLE}.`);
  return variables.url('DATABASE_URL', ['postgres:', 'postgresql:'], DATABASE_EXAMPLE) ?? '';
}

function privacy(variables: Variables, databaseUrl: string): Pick<Config, 'privacyDatabaseUrl' | 'privacyMasterKey'> {
  const url = variables.url('PRIVACY_DATABASE_URL', ['postgres:', 'postgresql:'], DATABASE_EXAMPLE);
  const key = variables.optional('PRIVACY_MASTER_KEY');
  if (key !== undefined && !/^[0-9a-f]{64}$/i.test(key)) {
    variables.fault('PRIVACY_MASTER_KEY', 'is not 64 hexadecimal digits', 'Set it to the output of `openssl rand -hex 32`.');
  }
  return { privacyDatabaseUrl: url ?? databaseUrl, ...(key !== undefined && { privacyMasterKey: key }) };
}

function bus(variables: Variables): Pick<Config, 'bus' | 'kafkaBrokers' | 'kafkaConsumers'> {
  const brokers = variables.optional('KAFKA_BROKERS')?.split(',') ?? [];
  const kind = variables.oneOf('BUS', brokers.length > 0 ? 'kafka' : 'postgres', ['kafka', 'postgres']);
  if (kind === 'kafka') checkBrokers(variables, brokers);
  const kafkaConsumers = variables.oneOf('KAFKA_CONSUMERS', 'per-process', ['per-process', 'per-service']);
  return { bus: kind, kafkaBrokers: brokers.map((broker) => broker.trim()), kafkaConsumers };
}

function checkBrokers(variables: Variables, brokers: readonly string[]): void {
  const remedy = 'Set it like 127.0.0.1:9092,127.0.0.1:9093, or set BUS=postgres to do without a broker.';
  if (brokers.length === 0) variables.fault('KAFKA_BROKERS', 'is not set, and BUS is kafka', remedy);
  const faulty = brokers.find((broker) => !/^\S+:\d{1,5}$/.test(broker.trim()));
  if (faulty !== undefined) variables.fault('KAFKA_BROKERS', `names the broker "${faulty}", which is no host:port`, remedy);
}

function services(variables: Variables): Pick<Config, 'servicesUrl' | 'serviceUrls'> {
  const serviceUrls: Partial<Record<Service, string>> = {};
  for (const service of SERVICES) {
    const url = httpUrl(variables, `${service.toUpperCase().replaceAll('-', '_')}_URL`);
    if (url !== undefined) serviceUrls[service] = url;
  }
  const servicesUrl = httpUrl(variables, 'SERVICES_URL');
  return { ...(servicesUrl !== undefined && { servicesUrl }), serviceUrls };
}

function httpUrl(variables: Variables, name: string): string | undefined {
  return variables.url(name, ['http:', 'https:'], 'http://127.0.0.1:3000');
}

const LEAST_SECRET = 32;

function access(variables: Variables, host: string): Pick<Config, 'authJwtSecret'> {
  const secret = variables.optional('AUTH_JWT_SECRET');
  const remedy = `Set it to a random text of at least ${LEAST_SECRET} characters, which signs the tokens of all callers`;
  if (secret === undefined) {
    if (!isLoopback(host))
      variables.fault('AUTH_JWT_SECRET', `is not set, and HOST is ${host}`, `${remedy}, or set HOST=127.0.0.1.`);
    return {};
  }
  if (secret.length < LEAST_SECRET) variables.fault('AUTH_JWT_SECRET', `has ${secret.length} characters`, `${remedy}.`);
  return { authJwtSecret: secret };
}

/** Whether only this machine can reach the address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
