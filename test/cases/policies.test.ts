import { findingsOf, reachabilityIn } from './manifest-case';

describe('policies', () => {
  test('dns-tcp-only: a port without protocol is TCP, so that look-ups over UDP are cut', () => {
    expect(findingsOf('dns-egress', 'manifests/dns-tcp-only')).toEqual([
      expect.stringContaining('allows DNS queries of Deployment shop/cart only over TCP'),
    ]);
  });

  test('dns-udp-only: look-ups work, and answers that need TCP do not', () => {
    expect(findingsOf('dns-over-tcp', 'manifests/dns-udp-only')).toHaveLength(1);
    expect(findingsOf('dns-egress', 'manifests/dns-udp-only')).toEqual([]);
  });

  test('dns-to-all: port 53 of every address is no way to the metadata server', () => {
    expect(findingsOf('instance-metadata', 'manifests/dns-to-all')).toEqual([]);
  });

  test("policy-service-port: the Service's port is not the pods'", () => {
    expect(findingsOf('network-policy-ports', 'manifests/policy-service-port')).toEqual([
      expect.stringContaining('it must be 8080'),
    ]);
  });

  test('api-clusterip: no packet that a policy sees has the address of a Service', () => {
    expect(findingsOf('network-policy-cluster-ips', 'manifests/api-clusterip')).toHaveLength(1);
    const addresses = reachabilityIn('manifests/api-clusterip').connections.filter(
      ({ to }) => to.kind === 'addresses',
    );
    expect(addresses).toEqual([]);
  });
});
