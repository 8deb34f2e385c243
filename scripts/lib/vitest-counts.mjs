// A vitest reporter that writes how many tests passed and failed, and which failed, to the file named by MEERKAT_COUNTS.
// A file that could not be loaded and an error outside any test count as failed.

import { writeFileSync } from 'node:fs';

export default class Counts {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, failures: [] };
    const tell = (name, errors) => counts.failures.push({ name, message: errors[0]?.message });
    for (const error of unhandledErrors) tell('outside any test', [error]);
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const { state, errors } = test.result();
        if (state === 'failed') tell(`${module.relativeModuleId} > ${test.fullName}`, errors);
        counts[state === 'passed' || state === 'failed' ? state : 'skipped'] += 1;
      }
      const failedItself =
        module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed');
      if (failedItself || module.errors().length > 0) {
        counts.failed += 1;
        tell(module.relativeModuleId, module.errors());
      }
    }
    const file = process.env.MEERKAT_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}
