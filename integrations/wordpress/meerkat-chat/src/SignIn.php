<?php
/**
 * How the visitor of a page signs in to the chat.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** The attributes by which elements sign in. Nothing that signs anybody in by itself is in the page. */
final class SignIn {

	/**
	 * Those for the visitor of this page; null where they may not chat.
	 *
	 * @return array<string, string>|null
	 */
	public static function attributes(): ?array {
		if ( ! is_user_logged_in() ) {
			return Options::get( 'guests' ) ? array( 'auth' => 'guest' ) : null;
		}
		if ( ! Person::may_chat( wp_get_current_user() ) ) {
			return null;
		}
		if ( 'cookie' === Options::get( 'signIn' ) ) {
			return array(
				'auth'      => 'cookie',
				// Tells the visitors of one browser apart, and nobody who they are.
				'auth-user' => substr( wp_hash( 'meerkat-chat|' . get_current_user_id() ), 0, 16 ),
			);
		}
		return array(
			'auth'             => 'token',
			'token-from'       => esc_url_raw( TokenRoute::url() ),
			'token-nonce'      => wp_create_nonce( 'wp_rest' ),
			'token-nonce-from' => esc_url_raw( admin_url( 'admin-ajax.php?action=rest-nonce' ) ),
		);
	}
}
