import type { Progress } from '../progress.js';
import { formatCount, formatMillis, formatShare } from './words.js';

/** One line about how a run goes. */
export function formatProgress(progress: Progress): string {
  switch (progress.kind) {
    case 'phase':
      return `${progress.name}...`;
    case 'sample': {
      const { sample } = progress;
      const parts = [
        `${String(sample.second).padStart(4)} s  ${progress.phase}`,
        `${formatCount(sample.users)} users`,
        ...(sample.delivered > 0
          ? [
              `${formatCount(sample.delivered)} deliveries/s`,
              `p50 ${formatMillis(sample.p50)}`,
              `p99 ${formatMillis(sample.p99)}`,
            ]
          : []),
        ...(sample.serverCpu === undefined ? [] : [`server ${formatShare(sample.serverCpu)}`]),
        `generator ${formatShare(sample.generatorCpu)}`,
      ];
      return parts.join('  ');
    }
  }
}
