import { type Agreement, jsonAt, strings, terraformResources } from './sides';

/** A Hetzner firewall protects only the servers that use it. */
export const serverFirewalls: Agreement = {
  id: 'server-firewalls',
  sentence: 'Every server uses a firewall of this configuration.',
  why: "Without Hetzner's firewall, all ports of the server's public address are open to the internet as soon as the node's own firewall is off, including the ports of the API server and of etcd.",
  source: 'https://registry.terraform.io/providers/hetznercloud/hcloud/latest/docs/resources/server',
  severity: 'critical',
  fix: 'Add the firewall to firewall_ids, and remove firewall_ids from ignore_changes.',
  differences: (sides) => {
    const firewalls = terraformResources(sides, 'hcloud_firewall').map(({ address }) => `\${${address}.id}`);
    return terraformResources(sides, 'hcloud_server').flatMap(({ address: object, body }) => {
      const named = strings(body, 'firewall_ids');
      const ignored = jsonAt(body['lifecycle'], 'ignore_changes') ?? [];
      const ignores = ignored === 'all' || (Array.isArray(ignored) && ignored.includes('firewall_ids'));
      return [
        !named.some((each) => firewalls.includes(each)) && {
          object,
          path: 'firewall_ids',
          message: `is ${JSON.stringify(body['firewall_ids'] ?? null)}; it must name ${firewalls.join(' or ') || 'a firewall, and there is none'}`,
        },
        ignores && {
          object,
          path: 'lifecycle.ignore_changes',
          message: `is ${JSON.stringify(ignored)}; remove firewall_ids from it: otherwise Terraform does not restore the firewall of a server that lost it`,
        },
      ].filter((each) => each !== false);
    });
  },
};
