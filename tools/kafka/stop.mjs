// Stops the local broker that start.mjs left running: node tools/kafka/stop.mjs [data folder]
import { build } from '../setup/build.mjs';
import { installPackages } from '../setup/install.mjs';
import { fromBuild, orSay } from '../setup/shell.mjs';

installPackages();
await build();
const { stopByHand } = await fromBuild('kafka/by-hand.js');
await orSay(stopByHand(process.argv[2] ?? '.retail'));
