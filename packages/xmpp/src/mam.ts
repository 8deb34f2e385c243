import { decodeDataForm, encodeDataForm, type FormField, formValue, formValues } from './data-form.js';
import { formatDateTime, parseDateTime } from './date-time.js';
import { decodeDelay, encodeDelay } from './delay.js';
import type { Millis } from './env.js';
import { type Jid, parseJid } from './jid.js';
import { NS } from './ns.js';
import { failed, ok, type Result } from './result.js';
import {
  decodeRsmRequest,
  decodeRsmResult,
  encodeRsmRequest,
  encodeRsmResult,
  type RsmRequest,
  type RsmResult,
} from './rsm.js';
import { type StanzaError, stanzaError } from './stanza-error.js';
import { type Child, child, type Element, el, elements } from './xml/element.js';

/** A question to an archive (XEP-0313 section 4). Ids and times are as the archive gave them. */
export interface MamQuery {
  readonly queryId?: string | undefined;
  readonly with?: Jid | undefined;
  /** Not older than that. */
  readonly start?: Millis | undefined;
  /** Not younger than that. */
  readonly end?: Millis | undefined;
  readonly afterId?: string | undefined;
  readonly beforeId?: string | undefined;
  /** Only these messages. */
  readonly ids?: readonly string[] | undefined;
  readonly page: RsmRequest;
  /** Newest first inside the page. */
  readonly flip?: boolean | undefined;
}

/** One message out of an archive. */
export interface MamResult {
  readonly queryId?: string | undefined;
  readonly id: string;
  readonly at: Millis;
}

/** The end of an answer. */
export interface MamFin {
  /** Nothing further in the direction of the question. */
  readonly complete: boolean;
  /** False where asking again may give another answer. */
  readonly stable: boolean;
  readonly page: RsmResult;
}

/** The oldest and the newest message of an archive; both missing where it is empty (section 5). */
export interface MamMetadata {
  readonly start?: { readonly id: string; readonly at: Millis } | undefined;
  readonly end?: { readonly id: string; readonly at: Millis } | undefined;
}

/** The fields of a question's form, by the types that section 4.1.5 gives them. */
export const MAM_FIELDS: readonly FormField[] = [
  { var: 'with', type: 'jid-single', values: [] },
  { var: 'start', type: 'text-single', values: [] },
  { var: 'end', type: 'text-single', values: [] },
  { var: 'before-id', type: 'text-single', values: [] },
  { var: 'after-id', type: 'text-single', values: [] },
  { var: 'ids', type: 'list-multi', values: [] },
];

/** Writes `<query/>`. */
export function encodeMamQuery(query: MamQuery): Element {
  const field = (name: string, value: string | undefined): FormField[] =>
    value === undefined ? [] : [{ var: name, values: [value] }];
  const time = (at: Millis | undefined) => (at === undefined ? undefined : formatDateTime(at));
  const fields = [
    ...field('with', query.with),
    ...field('start', time(query.start)),
    ...field('end', time(query.end)),
    ...field('before-id', query.beforeId),
    ...field('after-id', query.afterId),
    ...(query.ids ? [{ var: 'ids', values: query.ids }] : []),
  ];
  return el(
    'query',
    NS.mam,
    { queryid: query.queryId },
    fields.length > 0 && encodeDataForm({ type: 'submit', formType: NS.mam, fields }),
    encodeRsmRequest(query.page),
    query.flip === true && el('flip-page', NS.mam),
  );
}

/**
 * Reads `<query/>`.
 * @returns `bad-request` for a malformed form, time or page, `jid-malformed` for a malformed `with`,
 *   `feature-not-implemented` for a field that we do not know (section 4.1.5)
 */
export function decodeMamQuery(query: Element): Result<MamQuery, StanzaError> {
  const page = decodeRsmRequest(query);
  if (!page.ok) return page;
  const common = {
    queryId: query.attrs.queryid,
    page: page.value,
    flip: child(query, 'flip-page') !== undefined,
  };
  const x = child(query, 'x', NS.dataForms);
  if (!x) return ok(common);
  const decoded = decodeDataForm(x);
  if (!decoded.ok) return decoded;
  const form = decoded.value;
  if (form.formType !== NS.mam) return failed(stanzaError('bad-request', 'The form is of another kind.'));
  for (const { var: name } of form.fields) {
    if (!MAM_FIELDS.some((field) => field.var === name)) {
      return failed(stanzaError('feature-not-implemented', 'The form has an unknown field.'));
    }
  }
  const [start, end] = [formValue(form, 'start'), formValue(form, 'end')];
  const filter = {
    with: parseJid(formValue(form, 'with') ?? ''),
    start: start === undefined ? undefined : parseDateTime(start),
    end: end === undefined ? undefined : parseDateTime(end),
    beforeId: formValue(form, 'before-id'),
    afterId: formValue(form, 'after-id'),
    ids: form.fields.some((field) => field.var === 'ids') ? formValues(form, 'ids') : undefined,
  };
  if (
    (start !== undefined && filter.start === undefined) ||
    (end !== undefined && filter.end === undefined)
  ) {
    return failed(stanzaError('bad-request', 'A time is malformed.'));
  }
  if (formValue(form, 'with') !== undefined && filter.with === undefined) {
    return failed(stanzaError('jid-malformed', 'The address in `with` is malformed.'));
  }
  return ok({ ...common, ...filter });
}

/** Writes `<result/>` around a message of the archive. */
export function encodeMamResult(result: MamResult, message: Child): Element {
  return el(
    'result',
    NS.mam,
    { queryid: result.queryId, id: result.id },
    el('forwarded', NS.forward, {}, encodeDelay({ at: result.at }), message),
  );
}

/** Reads the `<result/>` of a message; undefined for a message that is none, or one without id, time or stanza. */
export function decodeMamResult(message: Element): (MamResult & { readonly message: Element }) | undefined {
  const result = child(message, 'result', NS.mam);
  const forwarded = result && child(result, 'forwarded', NS.forward);
  const id = result?.attrs.id;
  if (!forwarded || id === undefined) return undefined;
  const at = decodeDelay(forwarded)?.at;
  const stanza = elements(forwarded).find(({ ns }) => ns === NS.client);
  if (at === undefined || !stanza) return undefined;
  return { queryId: result?.attrs.queryid, id, at, message: stanza };
}

/** Writes `<fin/>`. */
export function encodeMamFin(fin: MamFin): Element {
  return el(
    'fin',
    NS.mam,
    { complete: fin.complete ? 'true' : undefined, stable: fin.stable ? undefined : 'false' },
    encodeRsmResult(fin.page),
  );
}

/** Reads `<fin/>`. */
export function decodeMamFin(fin: Element): MamFin {
  return {
    complete: fin.attrs.complete === 'true' || fin.attrs.complete === '1',
    stable: fin.attrs.stable !== 'false' && fin.attrs.stable !== '0',
    page: decodeRsmResult(fin),
  };
}

/** Writes `<metadata/>`. */
export function encodeMamMetadata(metadata: MamMetadata): Element {
  const edge = (name: string, entry: MamMetadata['start']) =>
    entry && el(name, NS.mam, { id: entry.id, timestamp: formatDateTime(entry.at) });
  return el('metadata', NS.mam, {}, edge('start', metadata.start), edge('end', metadata.end));
}

/** Reads `<metadata/>`; a malformed edge is left out. */
export function decodeMamMetadata(metadata: Element): MamMetadata {
  const edge = (name: string): MamMetadata['start'] => {
    const { id, timestamp } = child(metadata, name)?.attrs ?? {};
    const at = parseDateTime(timestamp ?? '');
    return id === undefined || at === undefined ? undefined : { id, at };
  };
  return { start: edge('start'), end: edge('end') };
}
