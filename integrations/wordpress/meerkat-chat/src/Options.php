<?php
/**
 * The settings.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** What the settings page keeps: one option of the site. Secrets are kept apart from it. */
final class Options {

	/** The name of the option. */
	const NAME = 'meerkat_chat';

	/**
	 * What holds where nothing is set.
	 *
	 * - server: the address of the chat server, `https://chat.example`, empty: no chat anywhere.
	 * - domain: the chat server's domain, which tokens are for. Empty: tokens do not name one.
	 * - signIn: `token`, or `cookie` where the login cookie reaches the chat server.
	 * - guests: whether visitors who are not signed in may chat.
	 * - passwords: what other chat programs may sign in with: `none`, `application` passwords, `all`.
	 * - room: the room of blocks and shortcodes that name none.
	 * - box, boxRoom, boxFor: the box on every page, its room, and who sees it: `all` or `users`.
	 * - pageRooms: the post types under whose posts their room stands.
	 * - theme, accent: how it looks; accent is empty or `#rrggbb`.
	 * - rights: right by role, see Rights; roles that are not named have Rights::BY_DEFAULT.
	 * - roomRights: rights of roles in some rooms, see RoomRights.
	 *
	 * @return array<string, mixed>
	 */
	public static function defaults(): array {
		return array(
			'server'     => '',
			'domain'     => '',
			'signIn'     => 'token',
			'guests'     => true,
			'passwords'  => 'application',
			'room'       => 'lobby',
			'box'        => false,
			'boxRoom'    => 'cafe',
			'boxFor'     => 'all',
			'pageRooms'  => array(),
			'theme'      => 'auto',
			'accent'     => '',
			'rights'     => array(
				'administrator' => 'moderate',
				'editor'        => 'moderate',
			),
			'roomRights' => array(),
		);
	}

	/**
	 * The settings, complete.
	 *
	 * @return array<string, mixed>
	 */
	public static function all(): array {
		$kept = get_option( self::NAME );
		return array_merge( self::defaults(), is_array( $kept ) ? $kept : array() );
	}

	/**
	 * One of them.
	 *
	 * @param string $key its name in defaults().
	 * @return mixed
	 */
	public static function get( string $key ) {
		return self::all()[ $key ];
	}

	/** The address of the chat server, without a slash at its end; empty where none is set. */
	public static function server(): string {
		return (string) self::get( 'server' );
	}

	/**
	 * Makes settings of whatever came from a form. What cannot be one is put back to what it was by default.
	 *
	 * @param mixed $input what came.
	 * @return array<string, mixed>
	 */
	public static function sanitize( $input ): array {
		$input = is_array( $input ) ? $input : array();
		$clean = self::defaults();

		$clean['server']     = Sanitize::server( $input['server'] ?? '' );
		$clean['domain']     = Sanitize::domain( $input['domain'] ?? '' );
		$clean['signIn']     = Sanitize::choice( $input['signIn'] ?? '', array( 'token', 'cookie' ) );
		$clean['guests']     = ! empty( $input['guests'] );
		$clean['passwords']  = Sanitize::choice( $input['passwords'] ?? '', array( 'application', 'none', 'all' ) );
		$clean['room']       = Sanitize::room( $input['room'] ?? '', $clean['room'] );
		$clean['box']        = ! empty( $input['box'] );
		$clean['boxRoom']    = Sanitize::room( $input['boxRoom'] ?? '', $clean['boxRoom'] );
		$clean['boxFor']     = Sanitize::choice( $input['boxFor'] ?? '', array( 'all', 'users' ) );
		$clean['pageRooms']  = Sanitize::names( $input['pageRooms'] ?? array() );
		$clean['theme']      = Sanitize::choice( $input['theme'] ?? '', array( 'auto', 'light', 'dark' ) );
		$clean['accent']     = Sanitize::accent( $input['accent'] ?? '' );
		$clean['rights']     = array();
		foreach ( is_array( $input['rights'] ?? null ) ? $input['rights'] : array() as $role => $right ) {
			if ( Rights::is_right( $right ) ) {
				$clean['rights'][ sanitize_text_field( (string) $role ) ] = $right;
			}
		}
		$clean['roomRights'] = RoomRights::sanitize( $input['roomRights'] ?? array() );
		return $clean;
	}
}
