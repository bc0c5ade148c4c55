import type { HetznerProject } from '../../hetzner/project';
import type { AdoptRun, Survey } from '../source';
import { readSurvey } from '../survey';
import { surveyFirewalls } from './survey-firewalls';
import { surveyOtherResources } from './survey-others';
import { surveyServers } from './survey-servers';

/** Lists what the project has and the configuration doesn't, and settings with another value. */
export function surveyProject(project: HetznerProject, { deployment, stack }: AdoptRun): Promise<Survey> {
  if (deployment.hetzner === undefined) return readSurvey([]);
  return readSurvey([
    () => surveyServers(project, deployment),
    () => surveyFirewalls(project, deployment, stack),
    ...surveyOtherResources(project, deployment),
  ]);
}
