import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJsonSchemas } from '../../bench/json-schemas';
import { findLinter } from '../../bench/linter-programs';
import { root, withDirectory } from '../support/configuration';

interface ObjectSchema {
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

test('the JSON Schema of a kind has its fields, the required ones, and the types that they refer to', () => {
  withDirectory((directory) => {
    writeJsonSchemas(root, '1.34', directory);
    const text = readFileSync(join(directory, 'apps_v1_deployment.json'), 'utf8');
    const schema = JSON.parse(text) as ObjectSchema & {
      readonly definitions: Readonly<Record<string, ObjectSchema>>;
    };
    expect(schema.properties['spec']).toEqual({ $ref: '#/definitions/DeploymentSpec' });
    expect(schema.definitions['DeploymentSpec']?.required).toEqual(['selector', 'template']);
    expect(schema.definitions['PodSpec']?.properties).toMatchObject({
      dnsPolicy: { enum: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] },
      nodeSelector: { type: 'object', additionalProperties: { type: 'string' } },
      containers: { type: 'array', items: { $ref: '#/definitions/Container' } },
    });
  });
});

test('a linter that can not be built is left out, with the reason', () => {
  const { PATH, XDG_CACHE_HOME } = process.env;
  withDirectory((directory) => {
    process.env['PATH'] = directory;
    process.env['XDG_CACHE_HOME'] = directory;
    try {
      expect(findLinter('kubeconform')).toEqual({
        missing: expect.stringMatching(/^kubeconform: go can't be started \(.*ENOENT\)$/) as string,
      });
    } finally {
      process.env['PATH'] = PATH;
      if (XDG_CACHE_HOME === undefined) delete process.env['XDG_CACHE_HOME'];
      else process.env['XDG_CACHE_HOME'] = XDG_CACHE_HOME;
    }
  });
});
