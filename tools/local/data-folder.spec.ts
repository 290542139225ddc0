import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, type Whereabouts } from './data-folder';

describe('the folder of a local system', () => {
  let path: string;
  beforeEach(async () => (path = await mkdtemp(join(tmpdir(), 'new-retail-folder-'))));
  afterEach(() => rm(path, { recursive: true, force: true }));

  const whereabouts: Whereabouts = {
    url: 'http://127.0.0.1:3000',
    pid: process.pid,
    databaseUrl: 'postgres://127.0.0.1/postgres',
    bus: 'kafka',
    brokers: ['127.0.0.1:9092'],
  };

  it('may be new or empty, and is then marked as ours', async () => {
    const folder = new DataFolder(join(path, 'new'));
    await folder.assertFree();
    await folder.take(false);
    expect(await readdir(folder.path)).toContain('new-retail.txt');
  });

  it('is not taken when other things are in it', async () => {
    await writeFile(join(path, 'thesis.doc'), '');
    await expect(new DataFolder(path).assertFree()).rejects.toThrow(
      'has other things in it. Name an empty folder with --data-dir',
    );
    expect(await readdir(path)).toEqual(['thesis.doc']);
  });

  it('is emptied by a fresh start only', async () => {
    const folder = new DataFolder(path);
    await folder.take(false);
    await mkdir(join(path, 'postgres'));
    await folder.take(false);
    expect(existsSync(join(path, 'postgres'))).toBe(true);
    await folder.take(true);
    expect(existsSync(join(path, 'postgres'))).toBe(false);
  });

  it('keeps one master key, for its owner alone, until it is emptied', async () => {
    const folder = new DataFolder(path);
    await folder.take(false);
    const key = await folder.masterKey();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(join(path, 'privacy.key'))).mode & 0o777).toBe(0o600);
    expect(await new DataFolder(path).masterKey()).toBe(key);
    await folder.take(true);
    expect(await folder.masterKey()).not.toBe(key);
  });

  it('belongs to one process at a time', async () => {
    const first = new DataFolder(path);
    await first.take(false);
    await first.tell(whereabouts);
    const second = new DataFolder(path).assertFree();
    await expect(second).rejects.toThrow(`already at http://127.0.0.1:3000 (process ${process.pid})`);
    await first.release();
    await new DataFolder(path).assertFree();
  });

  it('is free when its owner was killed, even if another process has come to its number', async () => {
    await new DataFolder(path).take(false);
    await writeFile(join(path, 'owner'), `${process.pid} 1`);
    await expect(new DataFolder(path).assertFree()).resolves.toBeUndefined();
  });

  it('tells where the system is', async () => {
    const folder = new DataFolder(path);
    expect(await folder.whereabouts()).toBeUndefined();
    await folder.tell(whereabouts);
    expect(await folder.whereabouts()).toEqual(whereabouts);
  });
});
