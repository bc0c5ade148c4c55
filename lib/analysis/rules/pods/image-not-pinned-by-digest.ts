import { holdsUnresolved } from '../../../documents/unresolved';
import { containers } from '../parts';
import { rule } from '../rule';

export const imageNotPinnedByDigest = rule({
  id: 'image-not-pinned-by-digest',
  sentence: 'Images are named by tag and digest: repository:tag@sha256:….',
  why: 'A tag may point to another image tomorrow, and then two pods of one Deployment run different code.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  severity: 'high',
  fix: 'Look the digest up, and keep the tag before it for people.',
  parts: containers,
  faults: ({ container: { image = '' }, pod }) => {
    // A digest that nobody knows yet has a placeholder, and is asked for by the synth.
    if (holdsUnresolved(pod.object) && image.endsWith('@sha256:unresolved')) return [];
    const [name = '', digest = ''] = image.split('@');
    const tag = name.split('/').at(-1)?.split(':')[1] ?? '';
    return [
      !/^sha256:[0-9a-f]{64}$/.test(digest) && {
        path: 'image',
        must: 'end with @sha256: and 64 hexadecimal digits',
      },
      tag === 'latest' && { path: 'image', must: 'have a tag that says which version it is' },
      tag === '' &&
        digest !== '' && { path: 'image', must: 'have a tag before its digest, so that people know it' },
    ];
  },
});
