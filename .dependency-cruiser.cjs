/**
 * Every layer imports only from the left:
 *
 *   terraform -> config -> model -> constructs -> charts -> stacks -> synth -> checks | flows | alerts | drill -> impact -> deployment -> output -> report -> cli
 *
 * `documents` is everybody's. Constructs take props and checks take documents: neither reaches config, not even
 * through somebody else, so that they serve any cdk8s app and any YAML.
 */
const layers = [
  ...['documents', 'terraform', 'config', 'model', 'constructs', 'charts', 'stacks', 'synth'],
  ...['checks', 'flows', 'alerts', 'drill', 'impact', 'deployment', 'output', 'report', 'cli'],
];

const leftOnly = layers.slice(0, -1).map((layer, index) => ({
  name: `${layer}-imports-from-the-left`,
  severity: 'error',
  from: { path: `^lib/${layer}/` },
  to: { path: `^lib/(${layers.slice(index + 1).join('|')}|index)(/|\\.ts)` },
}));

module.exports = {
  forbidden: [
    ...leftOnly,
    {
      name: 'constructs-and-checks-never-reach-config',
      severity: 'error',
      from: { path: '^lib/(constructs|checks|flows|alerts|drill|impact|documents|terraform|stacks/node)/' },
      to: { path: '^lib/config/', reachable: true },
    },
    {
      name: 'checks-take-documents',
      severity: 'error',
      from: { path: '^lib/(checks|flows|alerts)/' },
      to: { path: '^lib/', pathNot: '^lib/($1|documents|terraform)/' },
    },
    {
      name: 'impact-takes-documents',
      comment: 'What a change does follows from the two outputs, whoever made them.',
      severity: 'error',
      from: { path: '^lib/impact/' },
      to: { path: '^lib/', pathNot: '^lib/(impact|checks|flows|documents|terraform)/' },
    },
    {
      name: 'drill-takes-documents',
      comment: 'It finds them by the index that the checks have.',
      severity: 'error',
      from: { path: '^lib/drill/' },
      to: { path: '^lib/', pathNot: '^lib/(drill|checks|documents)/' },
    },
    {
      name: 'files-are-read-by-config-and-written-by-output',
      comment: 'Nothing between them touches a file, the clock or the environment.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(config|output)/' },
      to: { path: '^(node:)?(fs|os|child_process|http|https|net)(/|$)' },
    },
    {
      name: 'cdktf-is-confined',
      comment: 'So that another cdktf is a change of package.json and of these files.',
      severity: 'error',
      from: { pathNot: '^(lib/stacks/|lib/synth/terraform\\.ts|imports/(hcloud|providers)/|node_modules/)' },
      to: { path: 'node_modules/(cdktf|@cdktf)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'Delete what nothing uses.',
      severity: 'error',
      from: { path: '^lib/', orphan: true, pathNot: '^lib/index\\.ts$' },
      to: {},
    },
    {
      name: 'lib-needs-no-development-package',
      severity: 'error',
      from: { path: '^(lib|main\\.ts|terraform\\.ts)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^(lib|main\\.ts|terraform\\.ts|imports|node_modules|node:|fs|os)',
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
