import { join } from 'node:path';
import { App } from 'cdktf';
import { loadConfiguration } from '../../lib/deployment/config/load';
import { createModel } from '../../lib/deployment/model/model';
import { DeploymentStack } from '../../lib/deployment/stacks/deployment';

/** For comparison: the same stack in a plain cdktf app under ts-node, as `cdktf init` creates an app. */
const configuration = loadConfiguration(join(__dirname, '..', '..', 'config', 'production.yaml'));
const app = new App();
new DeploymentStack(app, { model: createModel(configuration) });
app.synth();
