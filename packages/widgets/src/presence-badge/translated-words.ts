import { primaryOf } from '../locales/primary-of.js';
import type { PresenceWords } from './badge-view.js';

const WORDS: ReadonlyMap<string, PresenceWords> = new Map([
  ['ar', { online: 'متصل', away: 'بعيد', dnd: 'عدم الإزعاج', offline: 'غير متصل', unknown: 'غير معروف' }],
  [
    'de',
    {
      online: 'Online',
      away: 'Abwesend',
      dnd: 'Bitte nicht stören',
      offline: 'Offline',
      unknown: 'Unbekannt',
    },
  ],
  [
    'es',
    {
      online: 'En línea',
      away: 'Ausente',
      dnd: 'No molestar',
      offline: 'Sin conexión',
      unknown: 'Desconocido',
    },
  ],
  [
    'fr',
    { online: 'En ligne', away: 'Absent', dnd: 'Ne pas déranger', offline: 'Hors ligne', unknown: 'Inconnu' },
  ],
  ['ja', { online: 'オンライン', away: '離席中', dnd: '取り込み中', offline: 'オフライン', unknown: '不明' }],
  [
    'pt',
    { online: 'Online', away: 'Ausente', dnd: 'Não incomodar', offline: 'Offline', unknown: 'Desconhecido' },
  ],
]);

/** What a badge says in a language other than English; undefined where it has no words of it. */
export function wordsIn(tag: string): PresenceWords | undefined {
  return WORDS.get(primaryOf(tag));
}
