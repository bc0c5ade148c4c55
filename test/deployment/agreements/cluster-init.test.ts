import { clusterInit } from '../../../lib/deployment/agreements/cluster-init';
import type { NodeSetup } from '../../../lib/nodes/node-setup';
import { said, sides, withSetup } from '../../support/sides';

const alone = (setup: NodeSetup): NodeSetup => ({ ...setup, k3s: { ...setup.k3s, join: undefined } });

test('production complies', () => {
  expect(said(clusterInit, sides)).toEqual([]);
});

test('a node that begins a second cluster', () => {
  expect(said(clusterInit, withSetup('hetzner1', alone))).toEqual([
    'the script of hetzner1 join: joins no other node although the cluster is initialised: if the node loses its data, it starts a second cluster',
  ]);
});

test('one node begins a new cluster', () => {
  expect(said(clusterInit, { ...withSetup('hetzner1', alone), initialised: false })).toEqual([]);
});

test('two nodes that begin a new cluster', () => {
  const setups = sides.setups.map((setup) => (setup.name === 'hetzner3' ? setup : alone(setup)));
  expect(said(clusterInit, { ...sides, setups, initialised: false })).toEqual([
    'the script of hetzner2 join: joins no other node, and hetzner1 joins none: two nodes without a node to join start two clusters',
  ]);
});

test.each([
  ['/etc/rancher/k3s/config.yaml', 'cluster-init: true'],
  ['/etc/systemd/system/k3s.service', 'ExecStart=/usr/local/bin/k3s server --cluster-init'],
  ['/etc/systemd/system/k3s.service', 'Environment=K3S_CLUSTER_INIT=true'],
])('in %s, a file that stays, %s', (path, line) => {
  const broken = withSetup('hetzner2', (setup) => ({
    ...setup,
    k3s: {
      ...setup.k3s,
      files: setup.k3s.files.map((file) =>
        file.path === path ? { ...file, text: `${file.text}${line}\n` } : file,
      ),
    },
  }));
  expect(said(clusterInit, broken)).toEqual([
    `the script of hetzner2 ${path}: has cluster-init in a permanent file: if the node loses its data, k3s starts a second cluster`,
  ]);
});

test('a cluster of one node has no server to join', () => {
  const { setups } = withSetup('hetzner1', alone);
  expect(said(clusterInit, { ...sides, setups: setups.slice(0, 1) })).toEqual([]);
});
