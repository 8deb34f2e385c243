import type { DoctorWords } from './words.js';

export const de: DoctorWords = {
  title: 'Einbettung prüfen',
  about:
    'Setze diese Adresse in den Rahmen, in dem der Chat stehen soll: Sie sagt, was die Seite darum herum erlaubt.',
  states: {
    waiting: 'Wird geprüft',
    good: 'Geht',
    limited: 'Eingeschränkt',
    bad: 'Blockiert',
    skipped: 'Nicht geprüft',
  },
  noScript:
    'Skripte sind blockiert, also gibt es keinen Chat. Füge der sandbox des Rahmens allow-scripts hinzu, oder schalte JavaScript ein.',
  noCode:
    "Das Skript dieser Seite kommt nicht an, also auch nicht der Chat. Etwas unterwegs fügt eine Content-Security-Policy hinzu oder blockiert Dateien: Die Kopfzeile des Chat-Servers soll allein stehen, mit script-src 'self'.",
  summary: {
    waiting: 'Es wird geprüft, was hier geht',
    good: 'Hier geht alles.',
    limited: 'Der Chat geht hier, mit Einschränkungen.',
    bad: 'Etwas hält den Chat hier auf. Unten steht, was zu ändern ist.',
  },
  copy: 'Bericht kopieren',
  copied: 'Kopiert',
  copyByHand: 'Die Zwischenablage ist blockiert. Hier ist der Bericht, zum Kopieren von Hand.',
  again: 'Noch einmal prüfen',
  click: 'Auch diese prüfen',
  clickAbout: 'Die letzten drei erlauben Browser erst nach einem Druck.',
  checks: {
    frame: [
      'In einem Rahmen',
      'Diese Seite steht für sich allein. Öffne sie im Rahmen der Seite, die geprüft werden soll.',
    ],
    ancestors: [
      'Diese Seite darf den Chat einrahmen',
      'Trage ihren Ursprung in die Einstellung embed.ancestors des Servers ein, oder signiere mit meerkat embed eine Adresse für sie.',
    ],
    secure: [
      'Sichere Verbindung',
      'Liefere Seite und Chat über https aus; sonst hält der Browser Verschlüsselung und Cookies zurück.',
    ],
    origin: [
      'Ein eigener Ursprung',
      'Füge der sandbox des Rahmens allow-same-origin hinzu. Sonst wird nichts behalten, und niemand kann angemeldet sein.',
    ],
    forms: [
      'Formulare',
      'Füge der sandbox des Rahmens allow-forms hinzu, damit Gäste einen Namen nennen können.',
    ],
    storage: [
      'Speicher',
      'Der Browser blockiert Speicher in Rahmen anderer Websites: Jeder Besuch beginnt neu. Anmelden mit einem Token der Seite hilft.',
    ],
    cookies: [
      'Cookies des Chatservers',
      'Der Browser blockiert Cookies anderer Websites. Melde mit einem Token der Seite an, oder betreibe den Chat auf derselben Website.',
    ],
    partitioned: [
      'Cookies nur für diese Seite',
      'Partitionierte Cookies kommen nicht an: Sie brauchen https und einen aktuellen Browser. Nach dem Neuladen meldet das Token der Seite neu an.',
    ],
    websocket: [
      'WebSocket',
      'Keine Verbindung über WebSocket. Lass den Proxy Upgrades von /xmpp-websocket durch, und sieh nach der Einstellung origins.',
    ],
    bosh: [
      'HTTP statt WebSocket',
      'POST an /http-bind schlägt fehl. Lass es den Proxy durchlassen, und sieh nach der Einstellung origins.',
    ],
    csp: [
      'Inhaltsrichtlinien',
      'Etwas unterwegs, etwa ein Proxy, fügt eine Content-Security-Policy hinzu, die das hier Genannte blockiert. Lass die Kopfzeile des Chat-Servers allein stehen, oder erlaube es auch dort.',
    ],
    policy: ['Berechtigungen des Rahmens', 'Gib dem Rahmen allow="clipboard-write; storage-access".'],
    referrer: [
      'Die Seite sagt, wo sie ist',
      'Sie schickt keinen Referrer. Der Chat geht; der Server weiß nicht, auf welcher Seite er steht. referrerpolicy="origin" genügt.',
    ],
    loader: [
      'Lader auf der Seite',
      'Gib dem Rahmen data-meerkat und lade /embed/frame.js, für Höhe, Bildschirmtastatur und Ungelesenes.',
    ],
    tokens: [
      'Diese Seite darf sagen, wer sich anmeldet',
      'Trage ihren Ursprung in die Einstellung embed.tokenOrigins ein, wenn ihre Besucher per Token angemeldet sein sollen.',
    ],
    access: [
      'Zugriff auf Cookies auf Wunsch',
      'Browser oder Rahmen lehnen ihn ab: Füge der sandbox allow-storage-access-by-user-activation hinzu.',
    ],
    clipboard: [
      'Zwischenablage',
      'Gib dem Rahmen allow="clipboard-write", damit Texte kopiert werden können.',
    ],
    popups: [
      'Links in neuem Fenster',
      'Füge der sandbox des Rahmens allow-popups hinzu, sonst öffnen Links in Nachrichten nichts.',
    ],
  },
};
