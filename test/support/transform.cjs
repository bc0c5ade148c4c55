const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

/** Jest's way to TypeScript: without a type check, and without a loader of Node's, which can lose a module for ever. */
module.exports = {
  process(text, path) {
    const { code } = transformSync(text, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node20',
      platform: 'node',
      // As in the launcher's bundle, `import()` is `require()`.
      supported: { 'dynamic-import': false },
      sourcemap: 'inline',
      sourcefile: path,
      tsconfigRaw: { compilerOptions: { alwaysStrict: true, esModuleInterop: true } },
    });
    return { code };
  },
  getCacheKey(text, path) {
    return createHash('sha256')
      .update([version, readFileSync(__filename, 'utf8'), path, text].join('\0'))
      .digest('hex');
  },
};
