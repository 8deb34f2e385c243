/** The blocks in the editor. Pages get them from PHP; here is a picture of each, and its settings beside it. */
(() => {
  const { blockEditor, blocks, components, element, i18n } = window.wp;
  const { InspectorControls, useBlockProps } = blockEditor;
  const { ExternalLink, Notice, PanelBody, RangeControl, SelectControl, TextControl, ToggleControl } =
    components;
  const { createElement: h, Fragment } = element;
  const { SVG, Path } = window.wp.primitives;
  const { __, sprintf } = i18n;
  const settings = {
    isSetUp: true,
    room: '',
    boxRoom: '',
    theme: 'auto',
    accent: '',
    settings: '',
    ...window.meerkatChat,
  };

  /** The accent that is set; the style has ours. */
  const accent = settings.accent ? { '--accent': settings.accent } : {};

  const themes = [
    { value: '', label: __('As the site’s settings say', 'meerkat-chat') },
    { value: 'auto', label: __('As the page', 'meerkat-chat') },
    { value: 'light', label: __('Light', 'meerkat-chat') },
    { value: 'dark', label: __('Dark', 'meerkat-chat') },
  ];

  /** A field of the sidebar that sets one attribute. */
  const field = (control, { attributes, setAttributes }, name, more) => {
    const { value, ...rest } = more;
    return h(control, {
      key: name,
      __nextHasNoMarginBottom: true,
      ...(control === ToggleControl ? { checked: attributes[name] } : { value: value ?? attributes[name] }),
      onChange: (next) => setAttributes({ [name]: next }),
      ...rest,
    });
  };
  const text = (props, name, label, more = {}) => field(TextControl, props, name, { label, ...more });
  const theme = (props) =>
    field(SelectControl, props, 'theme', { label: __('Theme', 'meerkat-chat'), options: themes });

  const sidebar = (...fields) =>
    h(InspectorControls, {}, h(PanelBody, { title: __('Chat', 'meerkat-chat') }, ...fields));

  /** What stands above the picture where there is no server yet. */
  const missing = () =>
    settings.isSetUp
      ? null
      : h(
          Notice,
          { status: 'warning', isDismissible: false },
          __('The address of the chat server is not set, so pages show no chat.', 'meerkat-chat'),
          settings.settings
            ? h(
                Fragment,
                {},
                ' ',
                h(ExternalLink, { href: settings.settings }, __('Settings', 'meerkat-chat')),
              )
            : null,
        );

  /** Who and what, as widths of a line. */
  const lines = [
    [70, 260],
    [90, 180],
    [60, 320],
    [90, 140],
    [70, 230],
  ];

  /** @param props of the block */
  function Room(props) {
    const { density, height, label, readonly, room, theme: chosen } = props.attributes;
    const name = room || settings.room;
    const title = label || (name === 'page' ? __('The room of this page', 'meerkat-chat') : name);
    const look = chosen || settings.theme;
    const box = h(
      'div',
      {
        className: `meerkat-chat-preview is-${look} is-density-${density}`,
        style: { ...accent, blockSize: height },
      },
      h(
        'header',
        {},
        h('span', {}, title),
        h('small', { className: 'meerkat-chat-aside' }, __('Preview', 'meerkat-chat')),
      ),
      h(
        'ul',
        { 'aria-hidden': true },
        ...lines.map((widths) =>
          h('li', { key: widths.join() }, ...widths.map((inlineSize) => h('i', { style: { inlineSize } }))),
        ),
      ),
      readonly ? null : h('footer', {}, h('span', {}, __('Write a message', 'meerkat-chat'))),
    );
    return h(
      Fragment,
      {},
      sidebar(
        text(props, 'room', __('Room', 'meerkat-chat'), {
          placeholder: settings.room,
          help: __('A name such as lobby; page: the room of the page itself.', 'meerkat-chat'),
        }),
        text(props, 'label', __('Title', 'meerkat-chat'), { placeholder: name }),
        field(RangeControl, props, 'height', {
          label: __('Height in pixels', 'meerkat-chat'),
          min: 160,
          max: 1000,
          step: 20,
        }),
        field(SelectControl, props, 'density', {
          label: __('Messages', 'meerkat-chat'),
          options: [
            { value: 'auto', label: __('By the width', 'meerkat-chat') },
            { value: 'live', label: __('One line each', 'meerkat-chat') },
            { value: 'cosy', label: __('Grouped, with pictures', 'meerkat-chat') },
            { value: 'bubbles', label: __('Bubbles', 'meerkat-chat') },
          ],
        }),
        theme(props),
        field(ToggleControl, props, 'readonly', { label: __('For looking on only', 'meerkat-chat') }),
      ),
      h('div', useBlockProps(), missing(), box),
    );
  }

  const bubble = h(
    SVG,
    { viewBox: '0 0 20 20', 'aria-hidden': true },
    h(Path, {
      d: 'M10 3.5c4 0 7 2.6 7 6s-3 6-7 6a8.6 8.6 0 0 1-2.3-.3L4 16.5l.8-2.9A5.6 5.6 0 0 1 3 9.5c0-3.4 3-6 7-6Z',
    }),
  );

  /** @param props of the block */
  function Box(props) {
    const { label, room, with: person } = props.attributes;
    return h(
      Fragment,
      {},
      sidebar(
        text(props, 'room', __('Room', 'meerkat-chat'), { placeholder: settings.boxRoom }),
        text(props, 'with', __('Person', 'meerkat-chat'), {
          help: __('Somebody to talk with, instead of a room: their name in the chat.', 'meerkat-chat'),
        }),
        text(props, 'label', __('Title', 'meerkat-chat')),
        theme(props),
      ),
      h(
        'div',
        useBlockProps(),
        missing(),
        h(
          'div',
          { className: 'meerkat-chat-corner' },
          h('small', { className: 'meerkat-chat-aside' }, __('at the corner of the page', 'meerkat-chat')),
          h(
            'span',
            { className: 'meerkat-chat-launcher', style: accent },
            bubble,
            label || person || room || settings.boxRoom,
          ),
        ),
      ),
    );
  }

  /** @param props of the block */
  function Badge(props) {
    const { label, user } = props.attributes;
    const of = user === 'author' ? __('the author', 'meerkat-chat') : user;
    return h(
      Fragment,
      {},
      sidebar(
        text(props, 'user', __('Whose presence', 'meerkat-chat'), {
          help: __(
            'author: who wrote this, if they show their presence on their profile. Or an id that somebody shares.',
            'meerkat-chat',
          ),
        }),
        text(props, 'label', __('Text', 'meerkat-chat')),
        theme(props),
      ),
      h(
        'div',
        useBlockProps(),
        missing(),
        /* translators: %s: a name, or “the author”. */
        h(
          'span',
          { className: 'meerkat-chat-badge' },
          label || sprintf(__('Presence of %s', 'meerkat-chat'), of),
        ),
      ),
    );
  }

  const save = () => null;
  blocks.registerBlockType('meerkat/room', { edit: Room, save });
  blocks.registerBlockType('meerkat/box', { edit: Box, save });
  blocks.registerBlockType('meerkat/badge', { edit: Badge, save });
})();
