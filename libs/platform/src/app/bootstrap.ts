import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isUnavailable } from '#libs/eventsourcing';
import { ConfigError, loadConfig, type Config } from '../config/config';
import { createLogger } from '../operations/log';
import { createApp } from './create-app';

/** A start that the surroundings forbid, in words that say what to do. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}

/**
 * Runs a service as a process of its own: configuration from the environment, APIs on HOST and PORT, a clean stop on SIGTERM
 * and SIGINT. When it cannot start it says why on one line of the log and ends with status 1.
 */
export async function bootstrap(module: Type, name: string): Promise<void> {
  let logger = createLogger({ logLevel: 'info' }, name);
  try {
    const config = loadConfig(process.env);
    logger = createLogger(config, name);
    const app = await createApp(module, config, { name, logger });
    app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
    const url = await listen(app, config);
    logger.info({ url, bus: config.bus, access: config.authJwtSecret === undefined ? 'open' : 'tokens' }, 'Ready');
  } catch (error) {
    const known = error instanceof ConfigError || error instanceof StartError;
    logger.fatal(known ? {} : { err: error }, startFault(error));
    process.exit(1);
  }
}

/**
 * Starts the services of an application and takes requests; resolves with the address. Throws a `StartError` with the remedy
 * where the address cannot be had.
 */
export async function listen(app: NestFastifyApplication, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    await app.listen(port, host);
    return await app.getUrl();
  } catch (error) {
    await app.close().catch(() => undefined);
    const fault = addressFault((error as { code?: string }).code, host, port);
    throw fault === undefined ? error : new StartError(fault);
  }
}

/** Why a start failed, and what to do. */
export function startFault(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError) return error.message;
  if (isUnavailable(error)) return 'PostgreSQL does not answer. Start it where DATABASE_URL says, or correct DATABASE_URL.';
  return `The start failed: ${error instanceof Error ? error.message : String(error)}`;
}

function addressFault(code: string | undefined, host: string, port: number): string | undefined {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken. Set PORT to a free one, or stop what listens there.`;
  if (code === 'EACCES') return `Port ${port} is not open to this user. Set PORT to 1024 or above.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Set HOST to one that it has.`;
  return undefined;
}
