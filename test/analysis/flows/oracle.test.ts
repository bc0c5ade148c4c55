import { analysisAgrees, proofAgrees } from './agreement';

test('the analysis and the oracle agree on every connection', () => analysisAgrees(15));

test('the proof differs from the declarations where the oracle does', () => proofAgrees(15));
