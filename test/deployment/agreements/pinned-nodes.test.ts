import { pinnedNodes } from '../../../lib/deployment/agreements/pinned-nodes';
import { said, sides, withObject, withResource, withSetup } from '../../support/sides';

test('production complies', () => {
  expect(said(pinnedNodes, sides)).toEqual([]);
});

test('a pin to a label that no node carries', () => {
  const broken = withObject('Deployment', 'redis', '"honeydue/redis":"true"', '"honeydue/redis":"here"');
  expect(said(pinnedNodes, broken)).toEqual([
    'Deployment honeydue/redis spec.template.spec.nodeSelector: is honeydue/redis=here, a label that no node has, so the pod would stay pending. Add the label to a node under nodes',
  ]);
});

test('a label that the script does not give', () => {
  const broken = withSetup('hetzner1', (setup) => ({ ...setup, k3s: { ...setup.k3s, labels: {} } }));
  expect(said(pinnedNodes, broken)).toEqual([
    "the script of hetzner1 labels: doesn't give the node the label honeydue/redis=true, which Deployment honeydue/redis needs",
  ]);
});

test('a server that is gone', () => {
  const broken = withResource('hcloud_server', 'hetzner1', () => undefined);
  expect(said(pinnedNodes, broken)).toEqual([
    'Deployment honeydue/redis spec.template.spec.nodeSelector: pins it to hetzner1, which has no server in the Terraform configuration; add the server under nodes',
  ]);
});

test.each([
  ['lifecycle.prevent_destroy', { lifecycle: { prevent_destroy: false } }],
  ['delete_protection', { delete_protection: false }],
  ['rebuild_protection', { rebuild_protection: false }],
])('a server without %s', (path, change) => {
  const broken = withResource('hcloud_server', 'hetzner1', (body) => ({ ...body, ...change }));
  expect(said(pinnedNodes, broken)).toEqual([
    `hcloud_server.hetzner1 ${path}: is false; it must be true: the data of Deployment honeydue/redis is on its disk`,
  ]);
});

test('a server that holds nothing may go without protection', () => {
  const other = withResource('hcloud_server', 'hetzner2', (body) => ({ ...body, delete_protection: false }));
  expect(said(pinnedNodes, other)).toEqual([]);
});

test('a pin to two labels that no node has both of', () => {
  const selector = '"honeydue/redis":"true"';
  const broken = withObject('Deployment', 'redis', selector, `${selector},"honeydue/disk":"large"`);
  expect(said(pinnedNodes, broken)).toEqual([
    'Deployment honeydue/redis spec.template.spec.nodeSelector: is honeydue/redis=true,honeydue/disk=large, a label that no node has, so the pod would stay pending. Add the label to a node under nodes',
  ]);
});

test('a server without a description', () => {
  const broken = withResource('hcloud_server', 'hetzner1', ({ delete_protection, ...body }) => body);
  expect(said(pinnedNodes, broken)).toEqual([
    'hcloud_server.hetzner1 delete_protection: is null; it must be true: the data of Deployment honeydue/redis is on its disk',
  ]);
});

test('servers of another owner are not checked', () => {
  expect(said(pinnedNodes, { ...sides, terraform: [] })).toEqual([]);
});
