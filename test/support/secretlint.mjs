/** Prints what secretlint finds in the files named, as JSON. It is an ES module, which jest can't load. */
import { readFileSync } from 'node:fs';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };
const results = await Promise.all(
  process.argv.slice(2).map(async (path) => {
    const source = { filePath: path, content: readFileSync(path, 'utf8'), contentType: 'text' };
    const { messages } = await lintSource({ source, options: { config: { rules: config.rules } } });
    return messages.map(({ ruleId, loc }) => `${path}:${loc.start.line} ${ruleId}`);
  }),
);
process.stdout.write(JSON.stringify(results.flat()));
