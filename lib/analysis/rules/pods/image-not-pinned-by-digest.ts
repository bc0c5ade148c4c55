import { holdsUnresolved } from '../../../documents/unresolved';
import { containers } from '../parts';
import { rule } from '../rule';

export const imageNotPinnedByDigest = rule({
  id: 'image-not-pinned-by-digest',
  sentence: 'Every image has a tag and a digest: repository:tag@sha256:….',
  why: 'A tag can be moved to another image. Then two pods of one Deployment run different code.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  severity: 'high',
  fix: 'Add the digest, and keep the tag in front of it. To find the digest: docker buildx imagetools inspect <image>.',
  parts: containers,
  faults: ({ container: { image = '' }, pod }) => {
    // The synth itself lists unresolved digests, which are placeholders.
    if (holdsUnresolved(pod.object) && image.endsWith('@sha256:unresolved')) return [];
    const [name = '', digest = ''] = image.split('@');
    const tag = name.split('/').at(-1)?.split(':')[1] ?? '';
    return [
      !/^sha256:[0-9a-f]{64}$/.test(digest) && {
        path: 'image',
        must: 'end with @sha256: and 64 hexadecimal digits',
      },
      tag === 'latest' && { path: 'image', must: 'have a tag that names a version' },
      tag === '' && digest !== '' && { path: 'image', must: 'have a tag in front of its digest' },
    ];
  },
});
