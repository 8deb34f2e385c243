import path from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';

const sdk = path.resolve(import.meta.dirname, '../../packages/sdk/dist/index.js');

/** The SDK as a site without a bundler of its own would have it: modules, by file name; `sdk.js` has the exports. */
export type SdkFiles = ReadonlyMap<string, string>;

export async function bundleSdk(): Promise<SdkFiles> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: sdk, formats: ['es'], fileName: 'sdk' } },
  });
  const files = new Map<string, string>();
  for (const one of Array.isArray(built) ? built : [built]) {
    const output = 'output' in one ? one.output : [];
    for (const file of output) if (file.type === 'chunk') files.set(file.fileName, file.code);
  }
  return files;
}

/** Puts the files into the folder `/sdk/` of whatever site the page is on. */
export async function serveSdk(page: Page, files: SdkFiles): Promise<void> {
  await page.route('**/sdk/*.js', (route) => {
    const body = files.get(path.posix.basename(new URL(route.request().url()).pathname));
    return body === undefined ? route.continue() : route.fulfill({ contentType: 'text/javascript', body });
  });
}
