import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hcloudFacts } from '../../imports/terraform/facts';
import { isGoInstalled } from '../../imports/terraform/provider-module';
import { root } from '../support/configuration';

// A skipped test is counted in the summary of the run.
(isGoInstalled() ? test : test.skip)(
  "what is kept of hcloud is what the provider's own schemas say today",
  () => {
    const { path, text } = hcloudFacts(root);
    // The file is kept in the layout of the formatter.
    expect(JSON.parse(readFileSync(join(root, path), 'utf8'))).toEqual(JSON.parse(text));
  },
  900_000,
);
