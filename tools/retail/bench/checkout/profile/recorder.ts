import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

/**
 * Loaded into the system's own process before anything else: the first SIGUSR2 begins a processor profile, the next one ends it
 * and writes it into the folder that BENCH_PROFILE names, under the process's number.
 */
const SAMPLE_MICROSECONDS = 500;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
let isRecording = false;

process.on('SIGUSR2', () => {
  isRecording = !isRecording;
  if (isRecording) return session.post('Profiler.start');
  session.post('Profiler.stop', (error, { profile }) => {
    const file = join(process.env['BENCH_PROFILE'] ?? '.', `${process.pid}.cpuprofile`);
    writeFileSync(`${file}.new`, JSON.stringify(error ?? profile));
    // Whoever waits for it finds it whole.
    renameSync(`${file}.new`, file);
  });
});
