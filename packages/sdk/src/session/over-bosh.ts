import { BoshLink } from '../link/bosh.js';
import type { BoshState } from '../link/bosh-state.js';
import type { Connector } from './connector.js';
import { hostOf } from './endpoints.js';
import type { Stream } from './stream.js';

export { BoshLink };

/** Goes on with a BOSH session of the page before, without a word: nothing is known until the server answers. */
export function adopt(connector: Connector, url: string, state: BoshState): Stream {
  const { identity, platform } = connector.deps;
  const link = new BoshLink(platform, url, identity.kind === 'cookie', state);
  const stream = connector.stream(link, hostOf(url) ?? '');
  stream.adopt();
  return stream;
}
