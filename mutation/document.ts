import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesDocument } from '../imports/rules/document';

const root = join(__dirname, '..');

/** Checks the same as `npm run imports -- --check`. */
test('the document of the rules', () => {
  for (const { path, text } of rulesDocument(root)) expect(text).toBe(readFileSync(join(root, path), 'utf8'));
});
