/** What an update of a running resource does to it, beyond the new value. */
export interface UpdateEffect {
  /** `stops`: it is off for a while; `refused`: the apply stops halfway; `loses`: data goes. */
  readonly kind: 'stops' | 'refused' | 'loses';
  readonly words: string;
}

/**
 * As the source of terraform-provider-hcloud 1.68.0 has it (`resourceServerUpdate` and what it calls). Arguments that
 * are missing here, such as name, labels and network, change while the server runs.
 */
const effects: Readonly<Record<string, Readonly<Record<string, UpdateEffect>>>> = {
  hcloud_server: {
    server_type: { kind: 'stops', words: 'The provider powers the server off to change its type.' },
    public_net: { kind: 'stops', words: 'The provider powers the server off to change its addresses.' },
    iso: { kind: 'stops', words: 'The provider resets the server.' },
    rescue: { kind: 'stops', words: 'The provider resets the server.' },
    placement_group_id: {
      kind: 'refused',
      words:
        "A running server can't join or leave a placement group: Hetzner refuses, and the apply stops halfway.",
    },
    backups: { kind: 'loses', words: 'With the backups go all of their images.' },
  },
};

/** What the provider does when an argument of a running resource gets another value; undefined for the value alone. */
export function updateEffect(type: string, argument: string): UpdateEffect | undefined {
  return effects[type]?.[argument];
}

/** The arguments of a type whose update does more than set a value. */
export function disruptiveArguments(type: string): string[] {
  return Object.keys(effects[type] ?? {});
}
