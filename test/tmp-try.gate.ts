import { editCases } from './real/cluster/edits';
import { impact } from '../lib/analysis/impact/impact';
import { clusterNodes } from '../lib/deployment/config/cluster-nodes';
import { topologyOf } from '../lib/deployment/model/addresses';
import { production } from './support/production';
test('x', () => {
  const nodes = clusterNodes(production.model);
  const lines: string[] = [];
  for (const { title, base, head } of editCases()) {
    const { consequences } = impact(base, head, topologyOf(production.model), { nodes });
    for (const c of consequences.filter((c) => c.class === 'fails' && c.side === 'kubernetes')) lines.push(`${title} | ${c.object} ${c.field}: ${c.reason} -> ${c.wayOut}`);
  }
  require('node:fs').writeFileSync('/tmp/lines.txt', lines.join('\n'));
});
