import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportOfDeployment } from '../../lib/cli/report/report-subject';
import { synthesize } from '../../lib/cli/synthesize';
import { reportTables } from '../../lib/report/tables/all-tables';
import { bookFiles } from '../../lib/report/tables/markdown';
import { root } from '../support/configuration';

const book = join(root, 'docs', 'book');

describe('docs/book', () => {
  const synthesis = synthesize(join(root, 'config', 'production.yaml'), undefined, { allowExpired: true });
  const files = bookFiles(synthesis.model.namespace, reportTables(reportOfDeployment(synthesis)));

  // If it fails: npx honeydue report --markdown
  test.each(files.map((file) => [file.path, file.text]))('%s says what production is', (path, text) => {
    expect(readFileSync(join(book, path), 'utf8')).toBe(text);
  });

  test('has no other file', () => {
    expect(readdirSync(book).sort()).toEqual(files.map(({ path }) => path).sort());
  });
});
