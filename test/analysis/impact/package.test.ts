import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { damage } from '../../../examples/impact';
import { withDirectory } from '../../support/configuration';

const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
const pod = `
apiVersion: v1
kind: ConfigMap
metadata: { name: prices, namespace: shop }
`;

/** The damage between the manifests of two directories. */
function damageBetween(base: string, head: string): string[] {
  return withDirectory((directory) => {
    const [before, after] = [base, head].map((text, index) => {
      const side = join(directory, String(index));
      mkdirSync(side);
      writeFileSync(join(side, 'shop.yaml'), text);
      return side;
    }) as [string, string];
    return damage(before, after);
  });
}

describe("the package's impact", () => {
  test('says what is lost when a directory of manifests is applied over another', () => {
    expect(damageBetween(`${claim}---${pod}`, pod)).toEqual([
      expect.stringMatching(/^lost: PersistentVolumeClaim shop\/data\n/),
    ]);
  });

  test('says nothing of what stays', () => {
    expect(damageBetween(claim, `${claim}---${pod}`)).toEqual([]);
  });
});
