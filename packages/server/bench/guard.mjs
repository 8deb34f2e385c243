// Holds the path of a message to its speed: the CPU time of the real server per delivery, against a bare broadcast of as
// many bytes to as many sockets, in turn, in the same minute. Fails when the ratio is more than 10 % above the recorded one.
// Usage: node packages/server/bench/guard.mjs [--update] [--main FILE]     after a build
//   --update      records the ratio of today in guard.json
//   --main FILE   measures another build of the server

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../../../scripts/lib/statistics.mjs';
import { bareCrowd, roomCrowd } from './guard/crowd.mjs';
import { isCalm, judge } from './guard/judge.mjs';
import { startMeasured } from './guard/measured-process.mjs';

/** Few, so that what a delivery touches stays in a core's own cache: what others do with the shared one does not count. */
const USERS = 50;
/** Messages in one part of a round: short, so that both parts of a round see the same machine. */
const MESSAGES = 80;
const DELIVERIES = USERS * MESSAGES;
/** Messages until V8 has compiled what there is to compile, on either side. */
const WARM_UP = 400;
const CALM_ROUNDS = 150;
const MOST_ROUNDS = 400;
/** Milliseconds after which no further round begins; a calm machine takes a third of it. */
const PATIENCE = 70_000;

const here = import.meta.dirname;
const record = path.join(here, 'guard.json');
const { values: options } = parseArgs({
  options: {
    main: { type: 'string', default: path.join(here, '../dist/main.js') },
    update: { type: 'boolean', default: false },
  },
});
const recorded = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')).ratio : undefined;
const begun = performance.now();
const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-bench-'));
const running = [];

async function start(script, args, env) {
  const server = await startMeasured(script, args, env);
  running.push(server);
  return server;
}

/** What a side takes for one part of a round. */
async function part({ crowd, server }) {
  const [wall, cpu] = [performance.now(), await server.cpu()];
  await crowd.say(MESSAGES);
  return { cpu: (await server.cpu()) - cpu, wall: (performance.now() - wall) * 1000 };
}

async function measure() {
  const room = await start(options.main, ['start', '--port', '0', '--no-limits', '--data', folder], {
    MEERKAT_LOG__LEVEL: 'error',
    // Arrivals are not what is measured.
    MEERKAT_MODULES__MUC__PRESENCE__POLICY: 'count',
    // What a commit takes is the disk's and the kernel's, and not the same from minute to minute: micro.mjs measures it.
    MEERKAT_MODULES__MUC__ARCHIVE: 'false',
  });
  const ours = { server: room, crowd: await roomCrowd(room.url, USERS) };
  await ours.crowd.say(1);
  const bytes = String(ours.crowd.bytes);
  const broadcast = await start(path.join(here, 'guard/bare-broadcast.mjs'), [bytes]);
  const bare = { server: broadcast, crowd: await bareCrowd(broadcast.url, USERS) };
  for (let said = 0; said < WARM_UP && performance.now() - begun < PATIENCE / 2; said += MESSAGES) {
    await ours.crowd.say(MESSAGES);
    await bare.crowd.say(MESSAGES);
  }
  const rounds = [];
  let calm = 0;
  while (calm < CALM_ROUNDS && rounds.length < MOST_ROUNDS && performance.now() - begun < PATIENCE) {
    // A B B A: neither is always the second.
    const round =
      rounds.length % 2 === 0
        ? { server: await part(ours), bare: await part(bare) }
        : { bare: await part(bare), server: await part(ours) };
    rounds.push(round);
    if (isCalm(round)) calm++;
  }
  ours.crowd.leave();
  bare.crowd.leave();
  return rounds;
}

function report(rounds, verdict) {
  const each = (side) =>
    `${(median(verdict.judged.map((round) => round[side].cpu)) / DELIVERIES).toFixed(1).padStart(5)} us`;
  const took = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`  CPU per delivery, ${USERS} in a room, stream management on`);
  console.log(`  this server     ${each('server')}`);
  console.log(`  bare broadcast  ${each('bare')}`);
  console.log(
    `  ratio           ${verdict.ratio.toFixed(2).padStart(5)}    +-${(verdict.spread * 100).toFixed(0)} % a round, ` +
      `recorded ${recorded?.toFixed(2) ?? '-'}, at most ${verdict.limit.toFixed(2)}`,
  );
  console.log(`  ${verdict.judged.length} of ${rounds.length} rounds judged, ${took} s`);
  if (verdict.disturbed) console.log('  the machine was busy with other things: judged by a wider bound');
}

try {
  const rounds = await measure();
  const verdict = judge(rounds, recorded);
  report(rounds, verdict);
  if (options.update) {
    if (verdict.disturbed)
      throw new Error('nothing is recorded on a busy machine: try again when it is calm');
    writeFileSync(record, `${JSON.stringify({ ratio: Number(verdict.ratio.toFixed(3)) }, null, 2)}\n`);
    console.log('  recorded in guard.json');
  } else if (recorded === undefined) {
    throw new Error('no ratio is recorded: node packages/server/bench/guard.mjs --update');
  } else if (verdict.worse) {
    const percent = ((verdict.ratio / recorded - 1) * 100).toFixed(0);
    throw new Error(`a delivery takes ${percent} % more than recorded; see packages/server/bench/README.md`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await Promise.all(running.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
}
