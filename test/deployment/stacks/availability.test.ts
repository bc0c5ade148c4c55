import { production, productionWith } from '../../support/production';
import { configurationOf, resource } from '../../support/terraform';

const precondition = (synthesis: typeof production, name: string) =>
  (
    resource(synthesis, 'hcloud_server', name)['lifecycle'] as {
      readonly precondition: readonly { readonly condition: string; readonly error_message: string }[];
    }
  ).precondition[0];

const unprotected = productionWith([
  '    hostname: ubuntu-8gb-nbg1-1\n',
  '    hostname: ubuntu-8gb-nbg1-1\n    deleteProtection: false\n',
]);

describe('whether Hetzner can provide a server', () => {
  test('is asked once for each type', () => {
    const other = productionWith(['    type: cx33 # chapter 0', '    type: cx43 # chapter 0']);
    expect(configurationOf(other).data['hcloud_server_type']).toEqual({
      cx33: { name: 'cx33' },
      cx43: { name: 'cx43' },
    });
  });

  test('matters to a server that is not there yet, by its name and its address', () => {
    expect(precondition(production, 'hetzner1')).toEqual({
      condition:
        '${anytrue([for each in data.hcloud_servers.present.servers : each.name == "ubuntu-8gb-nbg1-2" || each.ipv4_address == "178.104.247.152"]) || anytrue([for each in data.hcloud_server_type.cx33.locations : each.available if each.name == "nbg1"])}',
      error_message: expect.stringMatching(
        /^Hetzner can't provide a cx33 in nbg1 at present, and the server ubuntu-8gb-nbg1-2 does not exist yet\./,
      ),
    });
  });

  test('matters to a server that loses its protection, unless no successor is wanted', () => {
    expect(precondition(unprotected, 'hetzner2')).toEqual({
      condition:
        '${contains(var.without_successor, "hetzner2") || anytrue([for each in data.hcloud_server_type.cx33.locations : each.available if each.name == "nbg1"])}',
      error_message: expect.stringContaining(`-var='without_successor=["hetzner2"]'`),
    });
    expect(configurationOf(unprotected).variable).toHaveProperty('without_successor.default', []);
  });

  test('asks nothing of the operator while every server is protected', () => {
    expect(configurationOf(production).variable).not.toHaveProperty('without_successor');
  });
});
