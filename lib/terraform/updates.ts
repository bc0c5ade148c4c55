/** The side effect of an in-place update. */
export interface UpdateEffect {
  /** `stops`: the server is powered off for a while; `refused`: the apply fails halfway; `loses`: data is lost. */
  readonly kind: 'stops' | 'refused' | 'loses';
  readonly words: string;
}

/**
 * The source is terraform-provider-hcloud 1.68.0 (`resourceServerUpdate` and its callees). Arguments that are not
 * listed, such as name, labels and network, change while the server runs.
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
        "A running server can't join or leave a placement group: Hetzner refuses the change, and the apply stops halfway.",
    },
    backups: {
      kind: 'loses',
      words: 'Hetzner deletes all backup images of the server when backups are disabled.',
    },
  },
};

/** The side effect of changing an argument of a resource. Undefined if there is none. */
export function updateEffect(type: string, argument: string): UpdateEffect | undefined {
  return effects[type]?.[argument];
}

/** The arguments of a type whose in-place update has a side effect. */
export function disruptiveArguments(type: string): string[] {
  return Object.keys(effects[type] ?? {});
}
