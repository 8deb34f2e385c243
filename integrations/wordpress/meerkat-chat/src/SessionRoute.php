<?php
/**
 * Where the chat server asks whose login cookie it has been shown.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * `GET meerkat/v1/session`, from the chat server: `Authorization: Bearer SECRET`, and the login cookie as the browser
 * sent it. Answers with the claims of the user, with `until`, when that session ends by itself, and with `sid`, its name.
 */
final class SessionRoute {

	/** Its name below TokenRoute::SPACE. */
	const PATH = '/session';

	/** Hooks it in. */
	public static function hook(): void {
		ServerRoutes::add( self::PATH, 'GET, POST', array( self::class, 'answer' ) );
	}

	/** Answers the chat server. */
	public static function answer(): \WP_REST_Response {
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- judged by its signature, and as it is.
		$cookie = isset( $_COOKIE[ LOGGED_IN_COOKIE ] ) ? wp_unslash( $_COOKIE[ LOGGED_IN_COOKIE ] ) : '';
		$id     = is_string( $cookie ) && '' !== $cookie ? wp_validate_auth_cookie( $cookie, 'logged_in' ) : false;
		$user   = $id ? get_user_by( 'id', $id ) : false;
		if ( ! $user || ! Person::may_chat( $user ) ) {
			return ServerRoutes::refuse();
		}
		$parts = wp_parse_auth_cookie( $cookie, 'logged_in' );
		return ServerRoutes::answer(
			Person::claims( $user ) + array(
				'until' => (int) $parts['expiration'],
				'sid'   => self::sign_in( $parts['token'] ),
			)
		);
	}

	/**
	 * The name of a sign-in, of which nobody can make the session's token.
	 *
	 * @param string $token the token of a session of WordPress.
	 */
	public static function sign_in( string $token ): string {
		return hash( 'sha256', $token );
	}
}
