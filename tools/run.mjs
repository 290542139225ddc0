// What `npm start`, `npm test` and `npm run retail` call. It runs before anything is installed, so it uses nothing but Node: it
// brings up to date what is missing or old (packages, Kafka's artifacts, the build), says so, and hands over.

const [name = '--help', ...args] = process.argv.slice(2);
const LEAST_NODE = [20, 19];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  process.stderr.write(`New Retail needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** Goes on in this process, so that signals and the exit status need nobody in between. */
async function handOver(script, ...rest) {
  await build();
  process.argv.splice(1, process.argv.length - 1, script, ...rest);
  await fromBuild(script);
}

checkNode();
// Imported from here on: an older Node would stumble over them before it could be told so.
const { fetchKafka, installPackages } = await import('./setup/install.mjs');
const { build } = await import('./setup/build.mjs');
const { fromBuild } = await import('./setup/shell.mjs');
installPackages();
if (name === 'test') {
  fetchKafka();
  const { test } = await import('./setup/test.mjs');
  process.exitCode = test(args);
} else if (name === 'soak') {
  fetchKafka();
  const { soak } = await import('./setup/test.mjs');
  process.exitCode = soak(args);
} else if (name === 'docs') {
  await handOver('docs/main.js', ...args);
} else {
  if (name === 'start') fetchKafka();
  await handOver('retail/main.js', name, ...args);
}
