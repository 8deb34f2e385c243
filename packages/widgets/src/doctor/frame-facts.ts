import { bad, type Finding, good, limited, wordOf } from './finding.js';

/** A browser's list of what a frame may do; not all have it. */
interface WithPolicy {
  readonly featurePolicy?: { allowsFeature(name: string): boolean; features(): readonly string[] };
}

/** What the page around lets the frame do. */
export function tryPolicy(): Finding {
  const policy = (document as WithPolicy).featurePolicy;
  const wanted = ['clipboard-write', 'storage-access'];
  const known = wanted.filter((name) => policy?.features().includes(name));
  const missing = known.filter((name) => !policy?.allowsFeature(name));
  return missing.length > 0 ? limited(missing.join(', ')) : good(known.join(', '));
}

/** Whether cookies come back that this server has set: usual ones, and those for the page around alone. */
export async function tryCookies(): Promise<readonly [usual: Finding, partitioned: Finding]> {
  try {
    const url = new URL('/embed/doctor/cookies', location.href);
    await fetch(url, { method: 'POST' });
    const seen: unknown = await (await fetch(url)).json();
    const came = (name: string): Finding => (Object(seen)[name] === true ? good() : bad());
    return [came('cookies'), came('partitioned')];
  } catch (error) {
    return [bad(wordOf(error)), bad(wordOf(error))];
  }
}
