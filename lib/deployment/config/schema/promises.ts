import { z } from 'zod';
import { distinct, listSchema, named, serviceName, strictObject, whole, word, wrong } from './primitives';

const pods = named(serviceName, whole(0, 1000, ' pods'));

/** Required outcomes of failures. Every synth checks that the manifests keep them. */
export const availabilityPromise = strictObject({
  when: word('node-lost', 'node-lost-again', 'node-drained', 'rollout', 'node-lost-in-rollout', 'bad-image'),
  ready: pods.exactOptional(),
  running: pods.exactOptional(),
  recovers: distinct(listSchema(serviceName)).exactOptional(),
  completes: z.literal(true, { error: (issue) => wrong(issue.input, 'true, or left out') }).exactOptional(),
});
