import type { PictureBox, PicturePart } from '../../analysis/picture/picture';

/**
 * SVG paths in a square of 16 pixels. Each kind of box has its own shape, so that the meaning does not depend on
 * colour.
 */
export const icons = {
  visitor: 'M8 2.8a2.7 2.7 0 1 1 0 5.4a2.7 2.7 0 1 1 0-5.4M2.8 13.6c.6-2.8 2.6-4 5.2-4s4.6 1.2 5.2 4',
  cloud: 'M4.6 12.3h7a2.6 2.6 0 0 0 .4-5.2A3.9 3.9 0 0 0 4.5 6.4a3 3 0 0 0 .1 5.9z',
  servers: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  entrance: 'M2.5 8h8.5M7.6 4.6 11 8l-3.4 3.4M13.5 3v10',
  workload: 'M8 1.8 13.4 4.9v6.2L8 14.2 2.6 11.1V4.9zM2.6 4.9 8 8l5.4-3.1M8 8v6.2',
  job: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M5.3 8.2l2 2 3.5-4',
  schedule: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 4.8V8l2.3 1.6',
  globe:
    'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M2 8h12M8 2c2 1.8 2.6 4 2.6 6S10 12.2 8 14M8 2C6 3.8 5.4 6 5.4 8S6 12.2 8 14',
  list: 'M3 4.5h10M3 8h10M3 11.5h6.5',
  volume:
    'M3 4.2c0-1 2.2-1.7 5-1.7s5 .7 5 1.7-2.2 1.7-5 1.7-5-.7-5-1.7M3 4.2v7.6c0 1 2.2 1.7 5 1.7s5-.7 5-1.7V4.2',
  key: 'M10.4 2.6a3.1 3.1 0 1 1-2.4 5L3.2 12.4v1.2h2v-1.4h1.4v-1.4l1.8-1.6',
  shield: 'M8 2l5 2v4c0 3-2.2 5-5 6-2.8-1-5-3-5-6V4z',
  lock: 'M4.2 7.3h7.6v5.7H4.2zM6 7.3V5.2a2 2 0 0 1 4 0v2.1',
} as const;

export type IconName = keyof typeof icons;

export function iconOfBox({ kind, pods }: PictureBox): IconName {
  switch (kind) {
    case 'visitor':
      return 'visitor';
    case 'edge':
      return 'cloud';
    case 'nodes':
      return 'servers';
    case 'controller':
    case 'entrance':
      return 'entrance';
    case 'external':
      return 'globe';
    case 'addresses':
      return 'list';
    case 'workload':
      if (pods?.runs === 'once') return 'job';
      return pods?.runs === 'on schedule' ? 'schedule' : 'workload';
  }
}

const ofParts: Readonly<Record<PicturePart['part'], IconName>> = {
  node: 'servers',
  rules: 'shield',
  records: 'list',
  certificate: 'lock',
};

export function iconOfPart({ part }: PicturePart): IconName {
  return ofParts[part];
}
