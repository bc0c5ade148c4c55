import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { consequenceClasses } from '../../../lib/analysis/impact/consequence';
import { type Impact, impact } from '../../../lib/analysis/impact/impact';
import { topologyOf } from '../../../lib/deployment/model/addresses';
import { impactAssumptions, impactText } from '../../../lib/report/impact';
import { production } from '../../support/production';
import { outputsOf } from './edit-outputs';
import { type ProductionEdit, productionEdits } from './edits';

expect.extend({ toMatchFile });

const topology = topologyOf(production.model);

const impacts = new Map<ProductionEdit, Impact>();

/** Each is found once. */
function impactOf(edit: ProductionEdit): Impact {
  const found = impacts.get(edit) ?? impact(...outputsOf(edit), topology);
  impacts.set(edit, found);
  return found;
}

/** What a reviewer reads of a change, under the change. */
function told(edit: ProductionEdit): string {
  const found = impactOf(edit);
  const text = impactText({ ...found, base: 'before', head: 'after', open: [], unused: [] }, { all: true });
  const own =
    text.split(`\n${impactAssumptions[0]?.slice(0, 40)}`)[0]?.replace(/^before -> after: /, '') ?? '';
  const lines = [...(edit.edits ?? []), ...(edit.lockEdits ?? [])].flatMap(([find, replace]) => [
    ...marked('-', find),
    ...marked('+', replace),
  ]);
  const words = [edit.given && `given ${edit.given.in}`, edit.change?.in].flatMap((each) => each ?? []);
  const change = [...words, ...lines].map((line) => `    ${line}\n`).join('');
  return `## ${edit.title}\n\n${change}\n${own.trimEnd().replace(/^/gm, '> ').replace(/^> $/gm, '>')}\n`;
}

function marked(sign: string, text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${sign} ${line}`);
}

describe('the impact of a change of production', () => {
  test.each(productionEdits)('of $title is $comesTo', (edit) => {
    const { consequences } = impactOf(edit);
    const counts = consequenceClasses.flatMap((kind) => {
      const count = consequences.filter((each) => each.class === kind).length;
      return count === 0 ? [] : `${count} ${kind}`;
    });
    expect(counts.join(', ') || 'nothing').toBe(edit.comesTo);
  });

  test('is reported with it', () => {
    const texts = ['# What a change of production does\n', ...productionEdits.map(told)];
    expect(texts.join('\n')).toMatchFile(join(__dirname, '__snapshots__', 'edits.md'));
  });
});
