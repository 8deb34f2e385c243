// What failed, in the few lines that end a run: whoever has but the end of a log still learns which test it was and why.

/** Lines of a message that are shown, and failures of a run. */
const LINES = 10;
const FAILURES = 20;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that runners put into their messages
const COLOURS = /\u001b\[[0-9;]*m/g;

/** The failed tests of a Playwright report in JSON, each `{ name, message }`. */
export function failuresOfPlaywright(report) {
  const failures = (report.errors ?? []).map(({ message }) => ({ name: 'outside any test', message }));
  const walk = (suites, above) => {
    for (const suite of suites ?? []) {
      const names = [...above, suite.title];
      walk(suite.suites, names);
      for (const spec of suite.specs ?? []) {
        for (const test of spec.tests) {
          if (test.status !== 'unexpected' && test.status !== 'flaky') continue;
          const message = test.results.flatMap(({ errors }) => errors ?? [])[0]?.message;
          failures.push({ name: [...names, spec.title].join(' › '), message });
        }
      }
    }
  };
  walk(report.suites, []);
  return failures;
}

/** The lines that tell of failures; none where nothing failed. */
export function tellFailures(failures) {
  const lines = failures
    .slice(0, FAILURES)
    .flatMap(({ stage, name, message }) => [
      `failed in ${stage}: ${name}`,
      ...(message?.replaceAll(COLOURS, '').split('\n') ?? []).slice(0, LINES).map((line) => `  ${line}`),
    ]);
  const more = failures.length - FAILURES;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
