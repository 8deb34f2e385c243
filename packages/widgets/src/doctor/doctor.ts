/** What `/embed/doctor` loads: it tries what a chat needs, and says by states and details what came of it. */
import { hearLoader, originAround } from './around.js';
import { tryClicks } from './clicks.js';
import { DoctorView } from './doctor-view.js';
import { bad, good, limited, skipped } from './finding.js';
import { tryCookies, tryPolicy } from './frame-facts.js';
import { tryBosh, tryWebSocket } from './links.js';
import { tryForms, tryOrigin, trySecure, tryStorage } from './page-facts.js';
import { PolicyViolations, watchViolations } from './policy-violations.js';
import { mayFrame, mayGiveTokens } from './verdict.js';

const view = new DoctorView(document);
const { ancestors, domain, tokenOrigins } = view.settings;
const violations = new PolicyViolations();
let concluded = false;
watchViolations(window, (violation) => {
  if (!violations.add(violation)) return;
  view.find('csp', violations.finding);
  // One may come when all is said.
  if (concluded) view.conclude();
});
const around = originAround();
const framed = parent !== window;

view.find('frame', framed ? good(around) : limited());
if (framed) {
  view.find('ancestors', mayFrame(around, ancestors));
  view.find('tokens', mayGiveTokens(around, tokenOrigins));
} else {
  // There is no page around to ask about.
  for (const check of ['ancestors', 'tokens', 'loader']) view.find(check, skipped);
}
const facts = {
  secure: trySecure,
  origin: tryOrigin,
  forms: tryForms,
  storage: tryStorage,
  policy: tryPolicy,
};
for (const [check, look] of Object.entries(facts)) view.find(check, look());
view.find('referrer', document.referrer || !framed ? good(document.referrer) : limited());
const trials = [
  tryWebSocket().then((finding) => view.find('websocket', finding)),
  tryBosh(domain).then((finding) => view.find('bosh', finding)),
  framed && hearLoader().then((there) => view.find('loader', there ? good() : limited())),
  origin === 'null'
    ? ['cookies', 'partitioned'].map((check) => view.find(check, bad('null')))
    : tryCookies().then(([usual, partitioned]) => {
        view.find('cookies', usual);
        view.find('partitioned', partitioned);
      }),
];
void Promise.all(trials).then(() => {
  view.find('csp', violations.finding);
  view.conclude();
  concluded = true;
});
view.onClicks(async () => {
  for (const [check, finding] of await tryClicks()) view.find(check, finding);
  view.conclude();
});
