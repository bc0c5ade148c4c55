import { join } from 'node:path';
import { App } from 'cdktf';
import { loadConfiguration } from '../../lib/deployment/config/load';
import { createModel } from '../../lib/deployment/model/model';
import { DeploymentStack } from '../../lib/deployment/stacks/deployment';

/** The rival of the other side: the same stack in a plain cdktf app, as `cdktf init` sets one up, under ts-node. */
const configuration = loadConfiguration(join(__dirname, '..', '..', 'config', 'production.yaml'));
const app = new App();
new DeploymentStack(app, { model: createModel(configuration) });
app.synth();
