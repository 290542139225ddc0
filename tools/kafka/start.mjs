// Starts the local broker by itself, as `npm start` would, and leaves it running: node tools/kafka/start.mjs [data folder]
import { build } from '../setup/build.mjs';
import { fetchKafka, installPackages } from '../setup/install.mjs';
import { fromBuild, orSay } from '../setup/shell.mjs';

installPackages();
fetchKafka();
await build();
const { startByHand } = await fromBuild('kafka/by-hand.js');
await orSay(startByHand(process.argv[2] ?? '.retail'));
// The broker goes on without us.
process.exit();
