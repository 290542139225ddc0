// What `npm start`, `npm test` and `npm run retail` call. It runs before anything is installed, so it uses nothing but Node:
// it brings up to date what is missing or old (packages, Kafka's artifacts, the build), says so, and hands over.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['apps', 'libs', 'tools', 'test'];
const KAFKA = join(ROOT, 'tools', 'kafka');
const LEAST_NODE = [20, 19];
const LEAST_JAVA = 17;

const say = (text) => process.stderr.write(`${text}\n`);
const digest = (...parts) => createHash('sha256').update(parts.join('\n')).digest('hex');
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Runs a program; its output goes to standard error, because standard output is for answers. Ends with its status on failure. */
function must(what, file, args, cwd = ROOT) {
  const { status, error } = spawnSync(file, args, { cwd, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status === 0) return;
  say(`${what} failed${error ? `: ${error.message}` : ''}. The command was: ${file} ${args.join(' ')}`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  say(`New Retail needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Packages are as package-lock.json says, or are brought there; what was installed is noted beside them. */
function install() {
  const stamp = join(ROOT, 'node_modules', '.installed-for');
  const wanted = digest(read(join(ROOT, 'package-lock.json')));
  if (read(stamp) === wanted) return;
  say('Installing packages (npm ci) …');
  must('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/** The broker's artifacts, where Java and Maven are to be had. Without them everything runs, and events travel by PostgreSQL. */
function fetchKafka() {
  const lib = join(KAFKA, 'lib');
  const stamp = join(lib, '.fetched-for');
  const wanted = digest(read(join(KAFKA, 'pom.xml')));
  if (read(stamp) === wanted || !hasJava() || !answersTo('mvn', '-v')) return;
  say('Fetching Kafka through Maven …');
  rmSync(lib, { recursive: true, force: true });
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'];
  const { status } = spawnSync('mvn', goal, { cwd: KAFKA, stdio: ['ignore', 2, 2] });
  if (status !== 0) return say('Kafka could not be fetched; events will travel by PostgreSQL.');
  writeFileSync(stamp, wanted);
}

const answersTo = (file, ...args) => spawnSync(file, args, { stdio: 'ignore' }).status === 0;

function hasJava() {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0) >= LEAST_JAVA;
}

/**
 * What was built is from these sources, by name, size and time, or is built again from nothing, so that no file of a deleted source
 * is left. Types are checked by `npm run build` and by the tests: a start need not wait for that.
 */
function build() {
  const stamp = join(ROOT, 'dist', '.built-from');
  const wanted = digest(read(join(ROOT, 'tsconfig.json')), ...SOURCES.flatMap((folder) => fingerprints(join(ROOT, folder))));
  if (read(stamp) === wanted) return;
  say('Building …');
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  must('Building', process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '-p',
    'tsconfig.json',
    '--noCheck',
    '--incremental',
    'false',
  ]);
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function fingerprints(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'lib' && folder === KAFKA ? [] : fingerprints(path);
    if (!entry.name.endsWith('.ts')) return [];
    const { size, mtimeMs } = statSync(path);
    return [`${path} ${size} ${mtimeMs}`];
  });
}

const [name = '--help', ...args] = process.argv.slice(2);
checkNode();
install();
if (name === 'test') {
  fetchKafka();
  await import('./setup/test.mjs');
} else {
  if (name === 'start') fetchKafka();
  build();
  const script = name === 'docs' ? 'docs/main.js' : 'retail/main.js';
  process.argv.splice(
    1,
    process.argv.length - 1,
    join(ROOT, 'dist/tools', script),
    ...(name === 'docs' ? args : [name, ...args]),
  );
  await import(`../dist/tools/${script}`);
}
