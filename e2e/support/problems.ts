import type { Page } from '@playwright/test';

/**
 * All that a page had to object to, in its frames too: exceptions, errors and warnings of the console, and what its
 * policy forbade. To be called before it loads anything.
 */
export async function problemsOf(page: Page): Promise<readonly string[]> {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
        console.error(`forbidden by ${effectiveDirective}: ${blockedURI} (${sourceFile}:${lineNumber})`),
    );
  });
  return problems;
}
