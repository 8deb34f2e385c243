import type { DoctorWords } from './words.js';

export const fr: DoctorWords = {
  title: 'Contrôle de l’intégration',
  about:
    'Placez cette adresse dans le cadre où le chat doit être : elle dit ce que permet la page qui l’entoure.',
  states: {
    waiting: 'En cours',
    good: 'Fonctionne',
    limited: 'Limité',
    bad: 'Bloqué',
    skipped: 'Non essayé',
  },
  noScript:
    'Les scripts sont bloqués, il ne peut donc pas y avoir de chat. Ajoutez allow-scripts au sandbox du cadre, ou activez JavaScript.',
  noCode:
    "Le script de cette page n’arrive pas, donc le chat non plus. Quelque chose en chemin ajoute une Content-Security-Policy ou bloque des fichiers : l’en-tête du serveur de chat doit être seul, avec script-src 'self'.",
  summary: {
    waiting: 'Contrôle de ce qui fonctionne ici',
    good: 'Tout fonctionne ici.',
    limited: 'Le chat fonctionne ici, avec des limites.',
    bad: 'Quelque chose empêche le chat ici. Ce qu’il faut changer est dit plus bas.',
  },
  copy: 'Copier le rapport',
  copied: 'Copié',
  copyByHand: 'Le presse-papiers est bloqué. Voici le rapport, à copier à la main.',
  again: 'Contrôler de nouveau',
  click: 'Contrôler aussi ceux-ci',
  clickAbout: 'Les navigateurs ne permettent les trois derniers qu’après un appui.',
  checks: {
    frame: ['Dans un cadre', 'Cette page est seule. Ouvrez-la dans le cadre de la page à contrôler.'],
    ancestors: [
      'Cette page peut encadrer le chat',
      'Ajoutez son origine au réglage embed.ancestors du serveur, ou signez une adresse pour elle avec meerkat embed.',
    ],
    secure: [
      'Connexion sûre',
      'Servez la page et le chat en https ; sinon le navigateur retient le chiffrement et les cookies.',
    ],
    origin: [
      'Une origine propre',
      'Ajoutez allow-same-origin au sandbox du cadre. Sans cela rien n’est gardé et personne ne peut être connecté.',
    ],
    forms: [
      'Formulaires',
      'Ajoutez allow-forms au sandbox du cadre, pour que les invités puissent donner un nom.',
    ],
    storage: [
      'Stockage',
      'Le navigateur bloque le stockage dans les cadres d’autres sites : chaque visite recommence. Un jeton de la page aide.',
    ],
    cookies: [
      'Cookies du serveur de chat',
      'Le navigateur bloque les cookies d’autres sites. Connectez par un jeton de la page, ou hébergez le chat sur le même site.',
    ],
    partitioned: [
      'Cookies pour cette page seule',
      'Les cookies partitionnés n’arrivent pas : il leur faut https et un navigateur à jour. Au rechargement, le jeton de la page reconnecte.',
    ],
    websocket: [
      'WebSocket',
      'Pas de connexion par WebSocket. Laissez le proxy passer /xmpp-websocket, et voyez le réglage origins.',
    ],
    bosh: [
      'HTTP à la place de WebSocket',
      'POST vers /http-bind échoue. Laissez le proxy le passer, et voyez le réglage origins.',
    ],
    csp: [
      'Règles de contenu',
      'Quelque chose en chemin, par exemple un proxy, ajoute une Content-Security-Policy qui bloque ce qui est indiqué ici. Laissez l’en-tête du serveur de chat seul, ou autorisez-le là aussi.',
    ],
    policy: ['Permissions du cadre', 'Ajoutez allow="clipboard-write; storage-access" au cadre.'],
    referrer: [
      'La page dit où elle est',
      'Elle n’envoie pas de référent. Le chat fonctionne ; le serveur ne sait pas sur quelle page il est. referrerpolicy="origin" suffit.',
    ],
    loader: [
      'Chargeur sur la page',
      'Donnez data-meerkat au cadre et chargez /embed/frame.js, pour la hauteur, le clavier et les messages non lus.',
    ],
    tokens: [
      'Cette page peut dire qui se connecte',
      'Ajoutez son origine au réglage embed.tokenOrigins, si ses visiteurs doivent être connectés par un jeton.',
    ],
    access: [
      'Accès aux cookies sur demande',
      'Le navigateur ou le cadre le refuse : ajoutez allow-storage-access-by-user-activation au sandbox.',
    ],
    clipboard: [
      'Presse-papiers',
      'Ajoutez allow="clipboard-write" au cadre, pour que des textes puissent être copiés.',
    ],
    popups: [
      'Liens dans une autre fenêtre',
      'Ajoutez allow-popups au sandbox du cadre, sinon les liens des messages n’ouvrent rien.',
    ],
  },
};
