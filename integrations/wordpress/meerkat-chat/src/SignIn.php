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
		$sign_in = array( 'sign-in' => self::login_url() );
		if ( ! is_user_logged_in() ) {
			return Options::get( 'guests' ) ? array( 'auth' => 'guest' ) + $sign_in : null;
		}
		if ( ! Person::may_chat( wp_get_current_user() ) ) {
			return null;
		}
		if ( 'cookie' === Options::get( 'signIn' ) ) {
			return array( 'auth' => 'cookie' ) + $sign_in;
		}
		return array(
			'auth'             => 'token',
			'token-from'       => esc_url_raw( TokenRoute::url() ),
			'token-nonce'      => wp_create_nonce( 'wp_rest' ),
			'token-nonce-from' => esc_url_raw( admin_url( 'admin-ajax.php?action=rest-nonce' ) ),
		) + $sign_in;
	}

	/** Where one signs in, and comes back from to this page. */
	public static function login_url(): string {
		$page = is_singular() ? (string) get_permalink( get_queried_object_id() ) : home_url( '/' );
		return esc_url_raw( wp_login_url( $page ) );
	}
}
