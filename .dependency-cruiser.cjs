/**
 * The layers in the order of ARCHITECTURE.md. A layer imports only from itself and from the layers before it; layers of one row do not
 * import each other.
 */
const rows = [
  ['documents'],
  ['kubernetes', 'terraform'],
  ['analysis', 'constructs', 'nodes'],
  ['input'],
  ['deployment'],
  ['output'],
  ['operations'],
  ['report'],
  ['cli'],
  ['api'],
];

const downwards = rows.flatMap((row, index) =>
  row.map((layer) => {
    const siblings = row.filter((each) => each !== layer);
    const above = [...siblings, ...rows.slice(index + 1).flat(), 'index'];
    return {
      name: `${layer}-imports-downwards`,
      severity: 'error',
      from: { path: `^lib/${layer}/` },
      to: { path: `^lib/(${above.join('|')})(/|\\.ts)` },
    };
  }),
);

/** Within the analysis: what an engine may ask besides the models. */
const engines = {
  rules: [],
  flows: [],
  drill: ['rules'],
  impact: ['rules', 'flows', 'drill'],
  trace: ['flows', 'impact'],
  picture: ['flows', 'drill'],
};

const apart = Object.entries(engines).map(([engine, others]) => ({
  name: `analysis-${engine}-asks-the-models`,
  severity: 'error',
  from: { path: `^lib/analysis/${engine}/` },
  to: { path: '^lib/analysis/', pathNot: `^lib/analysis/(${[engine, ...others].join('|')})/` },
}));

/** Within the deployment, from configuration to outputs. */
const steps = [
  'config',
  'model',
  'charts',
  'stacks',
  'alerts',
  'difference',
  'synth',
  'agreements',
  'checks',
];

const forwards = steps.slice(0, -1).map((step, index) => ({
  name: `deployment-${step}-imports-downwards`,
  severity: 'error',
  from: { path: `^lib/deployment/${step}/` },
  to: { path: `^lib/deployment/(${steps.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...downwards,
    ...apart,
    ...forwards,
    {
      name: 'files-are-read-by-input-and-config-and-written-by-output',
      comment:
        'Nothing between them touches a file, the clock or the environment. Operations also run programs and ask servers.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(input|deployment/config|output|operations)/' },
      to: { path: '^(node:)?(fs|os|child_process|http|https|net)(/|$)' },
    },
    {
      name: 'cdktf-is-confined',
      comment: 'So that another cdktf is a change of package.json and of these files.',
      severity: 'error',
      from: {
        pathNot:
          '^(lib/deployment/stacks/|lib/deployment/synth/terraform\\.ts|imports/(hcloud|providers)/|node_modules/)',
      },
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
