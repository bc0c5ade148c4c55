import { join } from 'node:path';
import { deploymentApp } from '../../lib/deployment/charts/deployment';
import { loadConfiguration } from '../../lib/deployment/config/load';
import { createModel } from '../../lib/deployment/model/model';

/** The rival: the same charts in a plain cdk8s app, as `cdk8s init` sets one up, under ts-node. */
const configuration = loadConfiguration(join(__dirname, '..', '..', 'config', 'production.yaml'));
deploymentApp(createModel(configuration)).synth();
