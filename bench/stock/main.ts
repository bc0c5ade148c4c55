import { join } from 'node:path';
import { deploymentApp } from '../../lib/deployment/charts/deployment';
import { loadConfiguration } from '../../lib/deployment/config/load';
import { createModel } from '../../lib/deployment/model/model';

/** For comparison: the same charts in a plain cdk8s app under ts-node, as `cdk8s init` creates an app. */
const configuration = loadConfiguration(join(__dirname, '..', '..', 'config', 'production.yaml'));
deploymentApp(createModel(configuration)).synth();
