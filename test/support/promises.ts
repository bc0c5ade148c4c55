import { parse } from 'yaml';
import type { AvailabilityPromise } from '../../lib/analysis/drill/promises';
import type { Edit } from './configuration';

/** What production promises. The tests' production promises nothing, so that they may change what it runs. */
const text = `promises:
  - when: node-lost
    ready: { api: 2, web: 2 }
    recovers: [api, web, admin, worker]
  - when: node-drained
    completes: true
    ready: { api: 2, web: 2 }
    recovers: [api, web, admin, worker]
  - when: rollout
    completes: true
    ready: { api: 3, web: 3, admin: 1 }
    running: { worker: 1, redis: 1 }
  - when: bad-image
    ready: { api: 3, web: 3, admin: 1 }
`;

export const promises = (parse(text) as { promises: AvailabilityPromise[] }).promises;

/** Makes the tests' production promise it. */
export const promising: Edit = ['acknowledgements:\n', `${text}\nacknowledgements:\n`];
