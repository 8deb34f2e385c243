import type { SiteFetch } from '../auth/site/site-inquiry.js';

/** The back end of a site, for tests: it answers as it is told, and keeps what it was asked. */
export class FakeSite {
  /** What it answers with; `nothing`: it does not. */
  answer: { readonly status: number; readonly body: string } | Error | 'nothing';
  readonly asked: Parameters<SiteFetch>[] = [];

  constructor(answer: FakeSite['answer']) {
    this.answer = answer;
  }

  readonly fetch: SiteFetch = (...asked) => {
    this.asked.push(asked);
    const { answer } = this;
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer !== 'nothing')
      return Promise.resolve({ status: answer.status, text: async () => answer.body });
    const [, { signal }] = asked;
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  };
}
