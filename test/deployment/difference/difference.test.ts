import { loadConfiguration } from '../../../lib/deployment/config/load';
import { environmentDifferences } from '../../../lib/deployment/difference/difference';
import { createModel, type Model } from '../../../lib/deployment/model/model';
import { type Edit, edited, withConfiguration } from '../../support/configuration';

function modelWith(edits: readonly Edit[]): Model {
  return withConfiguration(edited(edits), (path) => createModel(loadConfiguration(path)));
}

const production = modelWith([]);

function difference(...edits: Edit[]) {
  return environmentDifferences(modelWith(edits), production);
}

test.each<[string, Edit, object]>([
  [
    'a count',
    ['replicas: 3', 'replicas: 4'],
    { section: 'resources', subject: 'api.replicas', own: '4', other: '3' },
  ],
  [
    'a flow',
    [
      'connectsTo: [redis, postgres, storage, mail, apns, fcm]',
      'connectsTo: [redis, postgres, storage, mail, apns]',
    ],
    { section: 'flows', subject: 'api -> fcm:443', own: undefined, other: 'allowed' },
  ],
  [
    'a promise',
    ['namespace: honeydue\n', 'namespace: honeydue\npromises: [{ when: rollout, ready: { api: 3 } }]\n'],
    { section: 'promises', subject: 'rollout.ready.api', own: '3', other: undefined },
  ],
  [
    'a setting',
    ['average: 50', 'average: 60'],
    { section: 'settings', subject: 'edge.rateLimit.average', own: '60', other: '50' },
  ],
])('%s is a difference', (_, edit, expected) => {
  expect(difference(edit)).toContainEqual(expected);
});

test('the order of entries is no difference', () => {
  const [lines = '', first = '', second = ''] = /( {6}cpu: .*\n)( {6}memory: .*\n)/.exec(edited([])) ?? [];
  expect(first).not.toBe('');
  expect(difference([lines, second + first])).toEqual([]);
});
