import { type DataForm, formValue } from './data-form.js';

/** The form type of a room's extended information (XEP-0045 section 6.4). */
const ROOM_INFO = 'http://jabber.org/protocol/muc#roominfo';

/** What disco#info of a room tells beyond its features. */
export interface MucRoomInfo {
  readonly description?: string | undefined;
  readonly subject?: string | undefined;
  readonly occupants?: number | undefined;
  readonly maxHistoryFetch?: number | undefined;
}

/** Makes the form of it. */
export function encodeMucRoomInfo(info: MucRoomInfo): DataForm {
  const field = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [{ var: name, type: 'text-single' as const, values: [String(value)] }];
  return {
    type: 'result',
    formType: ROOM_INFO,
    fields: [
      ...field('muc#roominfo_description', info.description),
      ...field('muc#roominfo_subject', info.subject),
      ...field('muc#roominfo_occupants', info.occupants),
      ...field('muc#maxhistoryfetch', info.maxHistoryFetch),
    ],
  };
}

/** Reads it from among the forms of an answer to disco#info. */
export function decodeMucRoomInfo(forms: readonly DataForm[]): MucRoomInfo {
  const form = forms.find(({ formType }) => formType === ROOM_INFO);
  if (!form) return {};
  const count = (name: string): number | undefined => {
    const value = formValue(form, name);
    return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  };
  return {
    description: formValue(form, 'muc#roominfo_description'),
    subject: formValue(form, 'muc#roominfo_subject'),
    occupants: count('muc#roominfo_occupants'),
    maxHistoryFetch: count('muc#maxhistoryfetch'),
  };
}
