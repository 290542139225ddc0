import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installBrowser } from './browser.mjs';
import { runs, say, succeeds } from './shell.mjs';

/**
 * Everything that is promised, checked: types, lint, and all tests. What is skipped is named, and the last line counts. Arguments
 * go to Jest: `npm test -- --selectProjects unit`. Gives the exit status.
 */
export function test(args) {
  installBrowser();
  const failures = [
    ...step('types', () => runs('typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit', '--incremental', 'false')),
    ...step('lint', () => succeeds('npm', ['run', '-s', 'lint'])),
  ];
  say('Running the tests …');
  const { passed, failed, skipped } = jest(args);
  for (const name of skipped.names) say(`skipped: ${name}`);
  for (const name of failures) say(`failed: ${name}`);
  process.stdout.write(`tests: ${passed} passed, ${failed + failures.length} failed, ${skipped.count} skipped\n`);
  return failed + failures.length === 0 ? 0 : 1;
}

/** The faults of test/faults again and again, for as long as that takes; the seeds and what was done are told. Gives the exit status. */
export function soak(args) {
  process.env.SOAK = 'true';
  return runs('jest/bin/jest.js', '--selectProjects', 'faults', '--verbose', ...args) ? 0 : 1;
}

/** Gives the name of a check that does not hold. */
function step(name, holds) {
  say(`Checking ${name} …`);
  return holds() ? [] : [name];
}

function jest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'new-retail-results-'));
  const file = join(folder, 'results.json');
  try {
    const endedWell = runs('jest/bin/jest.js', '--json', `--outputFile=${file}`, ...args);
    return counts(JSON.parse(readFileSync(file, 'utf8')), endedWell);
  } catch {
    say('Jest ended without results; it has said why.');
    return { passed: 0, failed: 1, skipped: { count: 0, names: [] } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counts(results, endedWell) {
  // A file that could not be run at all has no tests to count.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending' || status === 'todo'),
  );
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && !endedWell ? 1 : failed,
    skipped: { count: skipped.length, names: new Set(skipped.map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title)) },
  };
}
