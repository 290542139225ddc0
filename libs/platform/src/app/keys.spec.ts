import { Vault } from '#libs/privacy';
import { ConfigError, loadConfig } from '../config/config';
import { HealthChecks } from '../operations/health';
import { NeedsKeys } from './keys';

class NoDatabase extends Vault {
  started = 0;
  constructor() {
    super({ databaseUrl: 'postgres://127.0.0.1:1/none', masterKey: '0'.repeat(64) });
  }
  override start(): Promise<void> {
    this.started++;
    return Promise.resolve();
  }
}

describe('a service that seals', () => {
  const AUTH_JWT_SECRET = 'a-secret-of-thirty-two-characters';
  const starting = (environment: Record<string, string>): [NoDatabase, Promise<void>] => {
    const vault = new NoDatabase();
    const config = loadConfig({ DATABASE_URL: 'postgres://127.0.0.1:1/none', ...environment });
    return [vault, new NeedsKeys(vault, config, new HealthChecks()).onModuleInit()];
  };

  it('does not start without a master key where tokens are asked for, and says what to do', async () => {
    const [vault, start] = starting({ AUTH_JWT_SECRET });
    await expect(start).rejects.toThrow(ConfigError);
    await expect(start).rejects.toThrow(/PRIVACY_MASTER_KEY is not set, and access is not open\. Set it to the output of/);
    expect(vault.started).toBe(0);
  });

  it('starts with one, and without any where access is open to everybody on the machine', async () => {
    const guarded = { AUTH_JWT_SECRET, PRIVACY_MASTER_KEY: 'a1'.repeat(32) };
    for (const environment of [guarded, {} as Record<string, string>]) {
      const [vault, start] = starting(environment);
      await start;
      expect(vault.started).toBe(1);
    }
  });
});
