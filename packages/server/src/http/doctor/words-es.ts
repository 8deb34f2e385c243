import type { DoctorWords } from './words.js';

export const es: DoctorWords = {
  title: 'Prueba de inserción',
  about: 'Pon esta dirección en el marco donde irá el chat: dice qué permite la página que lo contiene.',
  states: {
    waiting: 'Comprobando',
    good: 'Funciona',
    limited: 'Limitado',
    bad: 'Bloqueado',
    skipped: 'Sin probar',
  },
  noScript:
    'Los scripts están bloqueados, así que no puede haber chat. Añade allow-scripts al sandbox del marco o activa JavaScript.',
  noCode:
    "El script de esta página no llega, así que el chat tampoco. Algo en el camino añade una Content-Security-Policy o bloquea archivos: la cabecera del servidor de chat debe estar sola, con script-src 'self'.",
  summary: {
    waiting: 'Comprobando qué funciona aquí',
    good: 'Aquí funciona todo.',
    limited: 'El chat funciona aquí, con límites.',
    bad: 'Algo impide el chat aquí. Abajo dice qué cambiar.',
  },
  copy: 'Copiar el informe',
  copied: 'Copiado',
  copyByHand: 'El portapapeles está bloqueado. Este es el informe, para copiarlo a mano.',
  again: 'Comprobar de nuevo',
  click: 'Comprobar también estos',
  clickAbout: 'Los navegadores permiten los tres últimos solo después de pulsar.',
  checks: {
    frame: [
      'Dentro de un marco',
      'Esta página está sola. Ábrela en el marco de la página que se quiere comprobar.',
    ],
    ancestors: [
      'Esta página puede enmarcar el chat',
      'Añade su origen al ajuste embed.ancestors del servidor, o firma una dirección para ella con meerkat embed.',
    ],
    secure: [
      'Conexión segura',
      'Sirve la página y el chat por https; sin ello el navegador retiene el cifrado y las cookies.',
    ],
    origin: [
      'Un origen propio',
      'Añade allow-same-origin al sandbox del marco. Sin ello no se guarda nada y nadie puede iniciar sesión.',
    ],
    forms: [
      'Formularios',
      'Añade allow-forms al sandbox del marco, para que los invitados puedan dar un nombre.',
    ],
    storage: [
      'Almacenamiento',
      'El navegador bloquea el almacenamiento en marcos de otros sitios: cada visita empieza de nuevo. Ayuda un token de la página.',
    ],
    cookies: [
      'Cookies del servidor de chat',
      'El navegador bloquea las cookies de otros sitios. Inicia sesión con un token de la página o aloja el chat en el mismo sitio.',
    ],
    partitioned: [
      'Cookies solo para esta página',
      'Las cookies particionadas no llegan: necesitan https y un navegador actual. Al recargar se inicia sesión con el token de la página.',
    ],
    websocket: [
      'WebSocket',
      'No hay conexión por WebSocket. Deja que el proxy pase las mejoras de /xmpp-websocket y revisa el ajuste origins.',
    ],
    bosh: [
      'HTTP en lugar de WebSocket',
      'POST a /http-bind falla. Deja que el proxy lo pase y revisa el ajuste origins.',
    ],
    csp: [
      'Políticas de contenido',
      'Algo en el camino, por ejemplo un proxy, añade una Content-Security-Policy que bloquea lo que aquí se indica. Deja sola la cabecera del servidor de chat, o permítelo también allí.',
    ],
    policy: ['Permisos del marco', 'Añade allow="clipboard-write; storage-access" al marco.'],
    referrer: [
      'La página dice dónde está',
      'No envía referente. El chat funciona; el servidor no sabe en qué página está. Basta referrerpolicy="origin".',
    ],
    loader: [
      'Cargador en la página',
      'Da al marco data-meerkat y carga /embed/frame.js, para la altura, el teclado y los mensajes sin leer.',
    ],
    tokens: [
      'Esta página puede decir quién inicia sesión',
      'Añade su origen al ajuste embed.tokenOrigins si sus visitantes han de entrar con un token.',
    ],
    access: [
      'Acceso a cookies a petición',
      'El navegador o el marco lo rechaza: añade allow-storage-access-by-user-activation al sandbox.',
    ],
    clipboard: ['Portapapeles', 'Añade allow="clipboard-write" al marco, para que se puedan copiar textos.'],
    popups: [
      'Enlaces en otra ventana',
      'Añade allow-popups al sandbox del marco, o los enlaces de los mensajes no abren nada.',
    ],
  },
};
