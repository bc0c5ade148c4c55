import { escaped, type Markup, tag } from '../picture/markup';

/** A small picture with one sign. */
function sample(...shapes: readonly Markup[]): Markup {
  return tag(
    'svg',
    { class: 'picture', width: 34, height: 18, viewBox: '0 0 34 18', 'aria-hidden': 'true' },
    ...shapes,
  );
}

function line(layer: string): Markup {
  return sample(
    tag(
      'g',
      { class: `line layer-${layer}` },
      tag('path', { class: 'stroke', d: 'M1 9H27' }),
      tag('path', { class: 'arrow', d: 'M33 9L27 5.8L27 12.2z' }),
    ),
  );
}

function chip(kind: string): Markup {
  return sample(
    tag(
      'g',
      { class: `chip ${kind}` },
      tag('rect', { x: 8, y: 0.5, width: 17, height: 17, rx: 4.5 }),
      tag('text', { x: 16.5, y: 13 }, escaped('1')),
    ),
  );
}

const signs: readonly (readonly [Markup, string])[] = [
  [line('traffic'), 'the path of a request'],
  [line('connections'), 'a connection that the NetworkPolicies allow'],
  [
    sample(
      tag(
        'g',
        { class: 'line layer-traffic refused' },
        tag('path', { class: 'stroke', d: 'M1 9H27' }),
        tag('path', { class: 'arrow', d: 'M33 9L27 5.8L27 12.2z' }),
        tag('path', { class: 'bar', d: 'M15 3L23 15M23 3L15 15' }),
      ),
    ),
    'a request that the NetworkPolicies deny',
  ],
  [chip('certain'), 'a pod is on this node'],
  [chip('possible'), 'a pod may be on this node'],
  [
    sample(
      tag(
        'g',
        { class: 'kind-external' },
        tag('rect', { class: 'frame', x: 1, y: 1, width: 32, height: 16, rx: 5 }),
      ),
    ),
    'outside the cluster, or on the nodes',
  ],
];

/** The explanation of the signs in the picture. */
export const legend: Markup = tag(
  'ul',
  { class: 'legend' },
  ...signs.map(([sign, words]) => tag('li', {}, sign, escaped(words))),
);
