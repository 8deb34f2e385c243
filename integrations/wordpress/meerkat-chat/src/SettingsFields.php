<?php
/**
 * The fields of the settings page.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** What the settings page asks, section by section. */
final class SettingsFields {

	/** Registers sections and fields. */
	public static function register(): void {
		self::section( 'server', __( 'Chat server', 'meerkat-chat' ) );
		self::field( 'server', 'server', __( 'Address', 'meerkat-chat' ) );
		self::field( 'server', 'domain', __( 'Domain', 'meerkat-chat' ) );

		self::section( 'people', __( 'Who chats', 'meerkat-chat' ) );
		self::field( 'people', 'sign_in', __( 'Signing in', 'meerkat-chat' ) );
		self::field( 'people', 'guests', __( 'Guests', 'meerkat-chat' ) );
		self::field( 'people', 'rights', __( 'Rights', 'meerkat-chat' ) );
		self::field( 'people', 'room_rights', __( 'Rights in some rooms', 'meerkat-chat' ) );
		self::field( 'people', 'passwords', __( 'Other chat programs', 'meerkat-chat' ) );

		self::section( 'places', __( 'Where the chat is', 'meerkat-chat' ) );
		self::field( 'places', 'room', __( 'Usual room', 'meerkat-chat' ) );
		self::field( 'places', 'box', __( 'Box on every page', 'meerkat-chat' ) );
		self::field( 'places', 'page_rooms', __( 'Page rooms', 'meerkat-chat' ) );

		self::section( 'look', __( 'Look', 'meerkat-chat' ) );
		self::field( 'look', 'theme', __( 'Theme', 'meerkat-chat' ) );
		self::field( 'look', 'accent', __( 'Accent', 'meerkat-chat' ) );

		self::section( 'api', __( 'Administration', 'meerkat-chat' ) );
		self::field( 'api', 'api_key', __( 'API key', 'meerkat-chat' ) );
	}

	/** The address, and the button that tests it. */
	public static function server(): void {
		Inputs::text( 'server', 'url', 'https://chat.example' );
		printf(
			' <button type="button" class="button" id="meerkat-chat-check" data-url="%1$s" data-nonce="%2$s">%3$s</button>
			<ul id="meerkat-chat-check-lines" class="meerkat-chat-lines" aria-live="polite"></ul>',
			esc_url( admin_url( 'admin-ajax.php' ) ),
			esc_attr( wp_create_nonce( ConnectionAction::NAME ) ),
			esc_html__( 'Test', 'meerkat-chat' )
		);
	}

	/** The domain that tokens are for. */
	public static function domain(): void {
		Inputs::text( 'domain', 'text', 'chat.example' );
		Inputs::hint( __( 'What the server calls itself; the test fills it in. Tokens are then good for this server only.', 'meerkat-chat' ) );
	}

	/** Token or cookie. */
	public static function sign_in(): void {
		Inputs::radios(
			'signIn',
			__( 'Signing in', 'meerkat-chat' ),
			array(
				'token'  => array(
					__( 'By a token that this site signs', 'meerkat-chat' ),
					__( 'Works wherever the chat server is. Choose this if you are not sure.', 'meerkat-chat' ),
				),
				'cookie' => array(
					__( 'By the login cookie', 'meerkat-chat' ),
					__( 'The chat server must be on the same host as this site, and asks this site whose cookie it is.', 'meerkat-chat' ),
				),
			)
		);
	}

	/** Whether visitors may chat. */
	public static function guests(): void {
		Inputs::checkbox( 'guests', __( 'Visitors who are not signed in may chat, under a name that they choose', 'meerkat-chat' ) );
	}

	/** Right by role. */
	public static function rights(): void {
		RightsTable::show();
	}

	/** Right by role in rooms that are named. */
	public static function room_rights(): void {
		RoomRightsTable::show();
	}

	/** What passwords count. */
	public static function passwords(): void {
		Inputs::radios(
			'passwords',
			__( 'Other chat programs', 'meerkat-chat' ),
			array(
				'application' => array( __( 'Application passwords', 'meerkat-chat' ), __( 'Users make them on their profile, one for each program.', 'meerkat-chat' ) ),
				'all'         => array( __( 'Application passwords and the password of the account', 'meerkat-chat' ), __( 'Judged as at the login page: plugins for second factors and against guessing stay in force.', 'meerkat-chat' ) ),
				'none'        => array( __( 'None', 'meerkat-chat' ), __( 'Chat in the browser only.', 'meerkat-chat' ) ),
			)
		);
		if ( ! wp_is_application_passwords_available() ) {
			Inputs::hint( __( 'Application passwords are off on this site. WordPress wants https for them.', 'meerkat-chat' ) );
		}
	}

	/** The room of blocks that name none. */
	public static function room(): void {
		Inputs::text( 'room', 'text', 'lobby', 'regular-text code' );
		Inputs::hint( __( 'For blocks and shortcodes that name no room.', 'meerkat-chat' ) );
	}

	/** The café. */
	public static function box(): void {
		Inputs::checkbox( 'box', __( 'A chat box at the corner of every page', 'meerkat-chat' ) );
		echo '<p class="meerkat-chat-row"><label>' . esc_html__( 'Room', 'meerkat-chat' ) . ' ';
		Inputs::text( 'boxRoom', 'text', 'cafe', 'code' );
		echo '</label> <label>' . esc_html__( 'for', 'meerkat-chat' ) . ' ';
		Inputs::select(
			'boxFor',
			array(
				'all'   => __( 'everybody', 'meerkat-chat' ),
				'users' => __( 'people who are signed in', 'meerkat-chat' ),
			)
		);
		echo '</label></p>';
		Inputs::hint( __( 'It opens no connection until somebody opens it.', 'meerkat-chat' ) );
	}

	/** Under which posts rooms stand. */
	public static function page_rooms(): void {
		$types = get_post_types( array( 'public' => true ), 'objects' );
		unset( $types['attachment'] );
		echo '<fieldset><legend class="screen-reader-text">' . esc_html__( 'Page rooms', 'meerkat-chat' ) . '</legend>';
		foreach ( $types as $type ) {
			Inputs::checkbox_of( 'pageRooms', $type->name, $type->labels->name );
		}
		echo '</fieldset>';
		Inputs::hint( __( 'Under each of these stands a room of its own, where people who look at the same page meet. The chat server must allow it: see below.', 'meerkat-chat' ) );
		if ( ! PageRooms::can_be() ) {
			Inputs::hint( __( 'There are none while permalinks are plain, since all posts have the same path then.', 'meerkat-chat' ) );
		}
	}

	/** Light or dark. */
	public static function theme(): void {
		Inputs::select(
			'theme',
			array(
				'auto'  => __( 'As the page', 'meerkat-chat' ),
				'light' => __( 'Light', 'meerkat-chat' ),
				'dark'  => __( 'Dark', 'meerkat-chat' ),
			)
		);
	}

	/** The accent. */
	public static function accent(): void {
		Inputs::text( 'accent', 'text', '#0a7c53', 'code' );
		Inputs::hint( __( 'A colour such as #0a7c53; empty: that of the page. It is brought to where it can be read.', 'meerkat-chat' ) );
	}

	/** The key of the API. */
	public static function api_key(): void {
		if ( ServerApi::is_constant() ) {
			/* translators: %s: the name of a constant. */
			Inputs::hint( sprintf( __( 'Set by %s in wp-config.php.', 'meerkat-chat' ), 'MEERKAT_API_KEY' ) );
			return;
		}
		ServerApi::make_place();
		printf(
			'<input type="password" class="regular-text code" name="%1$s" id="meerkat-chat-api-key" value="" autocomplete="off" spellcheck="false" placeholder="%2$s">',
			esc_attr( ServerApi::OPTION ),
			esc_attr( '' === ServerApi::key() ? '' : __( 'is set; a hyphen removes it', 'meerkat-chat' ) )
		);
		Inputs::hint( __( 'Optional. With it signing out here ends the chat at once, users can share their presence, and exports and erasures of personal data cover the chat. It needs the scopes users:write, users:export and sessions:write.', 'meerkat-chat' ) );
	}

	/**
	 * Adds a section.
	 *
	 * @param string $id    its name.
	 * @param string $title its heading.
	 */
	private static function section( string $id, string $title ): void {
		add_settings_section( $id, $title, '__return_null', SettingsPage::SLUG );
	}

	/**
	 * Adds a field, which a method of this class writes.
	 *
	 * @param string $section the section it is in.
	 * @param string $method  which.
	 * @param string $title   its label.
	 */
	private static function field( string $section, string $method, string $title ): void {
		$labelled = in_array( $method, array( 'server', 'domain', 'room', 'theme', 'accent', 'api_key' ), true );
		add_settings_field(
			$method,
			$title,
			array( self::class, $method ),
			SettingsPage::SLUG,
			$section,
			$labelled ? array( 'label_for' => 'meerkat-chat-' . str_replace( '_', '-', $method ) ) : array()
		);
	}
}
