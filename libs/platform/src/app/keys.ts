import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Vault, WrongMasterKey } from '#libs/privacy';
import { CONFIG, ConfigError, type Config } from '../config/config';
import { HealthChecks } from '../operations/health';

const REMEDY = 'Start PostgreSQL where PRIVACY_DATABASE_URL says (DATABASE_URL when it is not set), or correct it.';
const WRONG_KEY =
  'PRIVACY_MASTER_KEY is not the one with which the keys in the database were wrapped. Set the one of the first start; ' +
  'npm start keeps it in its data folder, and a service without one on loopback has used none.';

const NO_KEY =
  'PRIVACY_MASTER_KEY is not set, and access is not open. Set it to the output of `openssl rand -hex 32`, the same for all ' +
  'services, and keep a copy: without it no address of any customer can be read.';

/** Where access is open on one machine, so are the keys: nothing has to be set there, and nothing is hidden from anybody. */
const OPEN_KEY = '0'.repeat(64);

/** The vault of this process, from the configuration. It is one for all services, and the last to stop. */
@Injectable()
export class Keys extends Vault implements OnApplicationShutdown {
  constructor(@Inject(CONFIG) { privacyDatabaseUrl: databaseUrl, privacyMasterKey: masterKey = OPEN_KEY }: Config) {
    super({ databaseUrl, masterKey });
  }

  onApplicationShutdown(): Promise<void> {
    return this.stop();
  }
}

/** A service that seals or opens lists this among its providers: then the vault is open before its first event and request. */
@Injectable()
export class NeedsKeys implements OnModuleInit {
  constructor(
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    private readonly health: HealthChecks,
  ) {}

  async onModuleInit(): Promise<void> {
    const { authJwtSecret, privacyMasterKey } = this.config;
    if (authJwtSecret !== undefined && privacyMasterKey === undefined) throw new ConfigError([NO_KEY]);
    await this.vault.start().catch((error: unknown) => {
      throw error instanceof WrongMasterKey ? new ConfigError([WRONG_KEY]) : error;
    });
    this.health.register('privacy.database', { check: () => this.vault.check(), remedy: REMEDY });
  }
}
