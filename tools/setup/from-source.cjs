// Lets a plain `node --require` run our TypeScript as it stands, for processes that a test starts and kills: what is built may be of
// other sources, or may just be built again.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const ROOT = join(__dirname, '..', '..');
const swc = { ...require('./swc.cjs'), sourceMaps: 'inline' };
const { imports } = require('../../package.json');
const asBuilt = Module._resolveFilename;

/** The source behind a name of `imports`, which point to what is built. */
function source(name) {
  const library = /^#libs\/([^/]+)$/.exec(name)?.[1] ?? '';
  const target = imports[name] ?? imports['#libs/*'].replace('*', library);
  return join(ROOT, target.replace('./dist/', '').replace(/\.js$/, '.ts'));
}

Module._resolveFilename = function (name, ...rest) {
  return asBuilt.call(this, name.startsWith('#libs/') ? source(name) : name, ...rest);
};

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename });
  module._compile(code, filename);
};
