import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

/** Path to source text: a small repository that breaks rules on purpose. */
export type Tree = Record<string, string>;

/** Writes a tree beside our packages, hands its folder over, and removes it. */
export async function withTree<T>(tree: Tree, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'new-retail-tree-'));
  try {
    await Promise.all(['package.json', 'tsconfig.json'].map((file) => copyFile(join(ROOT, file), join(folder, file))));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await Promise.all(['apps', 'libs', 'tools', 'test'].map((name) => mkdir(join(folder, name))));
    for (const [path, text] of Object.entries(tree)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What dependency-cruiser has against a repository, as `rule: from -> to`. */
export async function violations(folder: string): Promise<string[]> {
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const args = ['--config', config, '--output-type', 'json', 'apps', 'libs', 'tools', 'test'];
  const { summary } = JSON.parse(await tool('dependency-cruiser/bin/dependency-cruise.mjs', args, folder)) as {
    summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
  };
  // Nothing found is no proof when nothing was looked at.
  expect(summary.totalCruised).toBeGreaterThan(0);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** What the purity rules have against a repository: path to messages. */
export async function impurities(folder: string): Promise<Record<string, string[]>> {
  const args = [
    '--config',
    join(ROOT, 'eslint.purity.mjs'),
    '--format',
    'json',
    '--no-error-on-unmatched-pattern',
    'apps',
    'libs',
  ];
  const files = JSON.parse(await tool('eslint/bin/eslint.js', args, folder)) as {
    filePath: string;
    messages: { message: string }[];
  }[];
  const found = files.filter(({ messages }) => messages.length > 0);
  return Object.fromEntries(
    found.map(({ filePath, messages }) => [
      filePath.slice(filePath.indexOf('/apps/') + 1),
      messages.map(({ message }) => message),
    ]),
  );
}

/** Both tools are ES modules, which this runner cannot load, and both exit with 1 when they find something. */
async function tool(script: string, args: string[], cwd: string): Promise<string> {
  const options = { cwd, maxBuffer: 64 << 20 };
  const { stdout, stderr } = await run(process.execPath, [join(ROOT, 'node_modules', script), ...args], options).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  if (!/^\s*[[{]/.test(stdout)) throw new Error(`${script}: ${stderr || stdout}`);
  return stdout;
}
