import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const print = (line) => process.stdout.write(`${line}\n`);

/** Adds up a directory of results: `*.json` of jest, `*.check` with an exit code, `*.skipped` with what and why. */
const [directory] = process.argv.slice(2);
let [passed, failed] = [0, 0];
const skipped = [];

const files = readdirSync(directory);
for (const name of ['fast', 'gate', 'cluster', 'cluster-1.36']) {
  if (name.startsWith('cluster') && files.includes('cluster.skipped')) continue;
  if (files.includes(`${name}.json`) || files.includes(`${name}.skipped`)) continue;
  failed += 1;
  print(`failed: ${name} did not get as far as running`);
}

for (const file of files.sort()) {
  const text = readFileSync(join(directory, file), 'utf8');
  if (file.endsWith('.check')) {
    if (text.trim() === '0') passed += 1;
    else {
      failed += 1;
      print(`failed: ${file.replace(/\.check$/, '')}`);
    }
  } else if (file.endsWith('.skipped')) {
    skipped.push(text.trim());
  } else {
    const { success, numPassedTests, numFailedTests, testResults } = JSON.parse(text);
    passed += numPassedTests;
    // A suite that can't be loaded has no test that failed.
    failed += success ? 0 : Math.max(1, numFailedTests);
    for (const { assertionResults } of testResults)
      for (const { status, fullName } of assertionResults) if (status === 'pending') skipped.push(fullName);
  }
}

for (const each of skipped) print(`skipped: ${each}`);
print(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
