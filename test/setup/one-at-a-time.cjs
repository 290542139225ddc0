const { default: TestRunner } = require('jest-runner');

/** Journeys share ports, processors and a broker: they run one after the other. */
module.exports = class OneAtATime extends TestRunner {
  isSerial = true;
};
