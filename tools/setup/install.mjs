import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersTo, digest, read, ROOT, say, succeeds } from './shell.mjs';

const KAFKA = join(ROOT, 'tools', 'kafka');
const LEAST_JAVA = 17;
/** A network that swallows packets must not hold a start for ever. */
const FETCH_MS = 180_000;

/** Brings packages to what package-lock.json says. */
export function installPackages() {
  if (areInstalled()) return;
  say('Installing packages (npm ci) …');
  if (succeeds('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) return;
  say('npm ci failed; it has said why. It needs a network, or a full cache of npm.');
  process.exit(1);
}

/** npm notes what it has installed in a lock file of its own, when it has come to the end. */
function areInstalled() {
  const installed = packagesIn(join('node_modules', '.package-lock.json'));
  return Object.entries(packagesIn('package-lock.json')).every(([path, { version, optional, devOptional }]) => {
    // Optional are packages for other platforms than this.
    const isEnough = path === '' || ((optional || devOptional) && !installed[path]);
    return isEnough || installed[path]?.version === version;
  });
}

const packagesIn = (file) => JSON.parse(read(join(ROOT, file)) || '{}').packages ?? {};

/** Fetches the broker, where Java and Maven are to be had. Without it everything runs, and events travel by PostgreSQL. */
export function fetchKafka() {
  const lib = join(KAFKA, 'lib');
  const stamp = join(lib, '.fetched-for');
  const wanted = digest(read(join(KAFKA, 'pom.xml')));
  if (read(stamp) === wanted || !hasJava() || !answersTo('mvn', '-v')) return;
  say('Fetching Kafka through Maven …');
  rmSync(lib, { recursive: true, force: true });
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'];
  const fetched = succeeds('mvn', goal, { cwd: KAFKA, timeout: FETCH_MS, stdio: 'pipe' });
  if (fetched) return writeFileSync(stamp, wanted);
  // Half a broker is none.
  rmSync(lib, { recursive: true, force: true });
  say('Kafka could not be fetched. The next start tries again.');
}

function hasJava() {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0) >= LEAST_JAVA;
}
