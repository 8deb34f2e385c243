// Messages at a steady rate, the same for whatever shows them.

const WORDS =
  'a the of and to in that it is was for on are with they at be this have from or one had by but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look two more write go see number no way could people my than first water been call who oil its now find long down day did get come made may part'.split(
    ' ',
  );
const NICKS = 'Mira Jonas Zoë Amir Ines Paul Lena Tariq Noor Oskar Yuki Sami'.split(' ');
/** Milliseconds between two looks at what is due. */
const TICK = 8;

/** The same numbers each time (a linear congruential generator), from 0 to 1. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Endless talk: texts of 3 to 20 words by a dozen people.
 * @returns {Generator<{ number: number, nick: string, text: string }, never>}
 */
export function* talk(seed = 1) {
  const next = numbers(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  for (let number = 1; ; number++) {
    const words = Array.from({ length: 3 + Math.floor(next() * 18) }, () => pick(WORDS));
    yield { number, nick: pick(NICKS), text: words.join(' ') };
  }
}

/**
 * Says `rate` messages a second for `seconds`, by the clock: what a busy page could not say in time follows at once.
 * Gives up after half as long again.
 * @param {{ readonly rate: number, readonly seconds: number }} load
 * @param {(message: { number: number, nick: string, text: string }) => void} say
 * @returns {Promise<{ said: number, due: number, took: number }>} `took` in ms
 */
export async function flood({ rate, seconds }, say) {
  const begun = performance.now();
  const due = rate * seconds;
  const patience = seconds * 1500;
  const messages = talk();
  let said = 0;
  while (said < due) {
    const now = performance.now() - begun;
    const wanted = Math.min(due, Math.floor((now / 1000) * rate));
    while (said < wanted && performance.now() - begun < patience) {
      say(messages.next().value);
      said++;
    }
    if (performance.now() - begun >= patience) break;
    await new Promise((resolve) => setTimeout(resolve, TICK));
  }
  return { said, due, took: performance.now() - begun };
}
