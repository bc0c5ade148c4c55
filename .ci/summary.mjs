import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Adds up a directory of results: `*.json` of jest, `*.check` with an exit code, `*.skipped` with what and why. */
const [directory] = process.argv.slice(2);
let [passed, failed] = [0, 0];
const skipped = [];

for (const file of readdirSync(directory).sort()) {
  const text = readFileSync(join(directory, file), 'utf8');
  if (file.endsWith('.check')) {
    if (text.trim() === '0') passed += 1;
    else {
      failed += 1;
      console.log(`failed: ${file.replace(/\.check$/, '')}`);
    }
  } else if (file.endsWith('.skipped')) {
    skipped.push(text.trim());
  } else if (text !== '') {
    const { success, numPassedTests, numFailedTests, testResults } = JSON.parse(text);
    passed += numPassedTests;
    // A suite that can't be loaded has no test that failed.
    failed += success ? 0 : Math.max(1, numFailedTests);
    for (const { assertionResults } of testResults)
      for (const { status, fullName } of assertionResults) if (status === 'pending') skipped.push(fullName);
  }
}

for (const each of skipped) console.log(`skipped: ${each}`);
console.log(
  `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);
process.exitCode = failed > 0 ? 1 : 0;
