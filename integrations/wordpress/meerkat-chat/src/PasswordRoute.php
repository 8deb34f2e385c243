<?php
/**
 * Where the chat server asks about a password.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * `POST meerkat/v1/password`, from the chat server, for chat programs other than browsers: `Authorization: Bearer
 * SECRET`, and `{"user", "password", "address"}` as JSON. WordPress judges it as it judges every sign-in, with whatever
 * other plugins demand, so second factors stay in force.
 */
final class PasswordRoute {

	/** Its name below TokenRoute::SPACE. */
	const PATH = '/password';

	/** The longest password that WordPress looks at, in bytes. */
	const MAX_PASSWORD = 4096;

	/** Hooks it in. */
	public static function hook(): void {
		ServerRoutes::add( self::PATH, 'POST', array( self::class, 'answer' ) );
	}

	/**
	 * Answers.
	 *
	 * @param \WP_REST_Request $request the request, of the chat server.
	 */
	public static function answer( \WP_REST_Request $request ): \WP_REST_Response {
		$which = (string) Options::get( 'passwords' );
		if ( 'none' === $which ) {
			return ServerRoutes::refuse( 'passwords-off', 403 );
		}
		$asked    = (array) $request->get_json_params();
		$login    = $asked['user'] ?? null;
		$password = $asked['password'] ?? null;
		$address  = filter_var( $asked['address'] ?? '', FILTER_VALIDATE_IP );
		if ( ! is_string( $login ) || ! is_string( $password ) ) {
			return ServerRoutes::refuse( 'bad-request', 400 );
		}
		if ( '' === $login || '' === $password || strlen( $password ) > self::MAX_PASSWORD ) {
			return ServerRoutes::refuse();
		}

		$attempts = new Attempts( self::account( $login ), (string) $address );
		$wait     = $attempts->wait();
		if ( $wait > 0 ) {
			$response = ServerRoutes::refuse( 'too-many-attempts', 429 );
			$response->header( 'Retry-After', (string) $wait );
			return $response;
		}
		$user = self::as_seen_from(
			(string) $address,
			static function () use ( $login, $password, $which ) {
				return self::judge( $login, $password, $which );
			}
		);
		if ( ! $user instanceof \WP_User || ! Person::may_chat( $user ) ) {
			$attempts->failed();
			return ServerRoutes::refuse();
		}
		$attempts->forget();
		return ServerRoutes::answer( Person::claims( $user ) );
	}

	/**
	 * Whose password is guessed at, so that failures are counted together by whatever name WordPress knows somebody:
	 * their login, spelled as it may be, or their e-mail address.
	 *
	 * @param string $login what was typed as name.
	 */
	private static function account( string $login ): string {
		$user = get_user_by( 'login', $login );
		$user = $user ? $user : get_user_by( 'email', $login );
		return $user ? "user $user->ID" : "nobody $login";
	}

	/**
	 * Asks WordPress.
	 *
	 * @param string $login    what was typed as name.
	 * @param string $password what was typed.
	 * @param string $which    `application` passwords, or `all`.
	 * @return \WP_User|\WP_Error|null
	 */
	private static function judge( string $login, string $password, string $which ) {
		if ( 'all' === $which ) {
			// Passwords are hashed as forms hand them over: with slashes.
			return wp_authenticate( $login, wp_slash( $password ) );
		}
		$user = wp_authenticate_application_password( null, $login, $password );
		return $user instanceof \WP_User ? wp_authenticate_spam_check( $user ) : $user;
	}

	/**
	 * Does something as if the request came from the address of the person, not from the chat server: plugins that
	 * count failures by address would turn away the chat server, and all with it.
	 *
	 * @param string   $address of the person; empty where it is not known.
	 * @param callable $judge   what to do.
	 * @return mixed what it returns.
	 */
	private static function as_seen_from( string $address, callable $judge ) {
		if ( '' === $address ) {
			return $judge();
		}
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- put back as it was.
		$before                 = $_SERVER['REMOTE_ADDR'] ?? '';
		$_SERVER['REMOTE_ADDR'] = $address;
		try {
			return $judge();
		} finally {
			$_SERVER['REMOTE_ADDR'] = $before;
		}
	}
}
