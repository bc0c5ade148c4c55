import { join } from 'node:path';
import { App } from 'cdktf';
import { loadConfiguration } from '../../lib/config/load';
import { createModel } from '../../lib/model/model';
import { DeploymentStack } from '../../lib/stacks/deployment';

/** The rival of the other side: the same stack in a plain cdktf app, as `cdktf init` sets one up, under ts-node. */
const configuration = loadConfiguration(join(__dirname, '..', '..', 'config', 'production.yaml'));
const app = new App();
new DeploymentStack(app, { model: createModel(configuration) });
app.synth();
