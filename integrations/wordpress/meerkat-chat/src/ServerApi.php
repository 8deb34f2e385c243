<?php
/**
 * The API of the chat server.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Asks the chat server to do something, by its API for administration; where no key is set nothing is asked. */
final class ServerApi {

	/** The option with the key, unless wp-config.php has the constant MEERKAT_API_KEY. */
	const OPTION = 'meerkat_chat_api_key';

	/** How long an answer may take, and a request that waits for none, in seconds. */
	const TIMEOUT       = 10;
	const TIMEOUT_ASIDE = 1;

	/** The longest answer that is taken, in bytes; what is beyond is cut off. */
	const LONGEST_ANSWER = 8388608;

	/** The key; empty where there is none. */
	public static function key(): string {
		$key = self::is_constant() ? constant( 'MEERKAT_API_KEY' ) : get_option( self::OPTION );
		return is_string( $key ) ? $key : '';
	}

	/** Whether wp-config.php has the key. */
	public static function is_constant(): bool {
		return defined( 'MEERKAT_API_KEY' );
	}

	/** Whether there is a server to ask and a key for it. */
	public static function is_set_up(): bool {
		return '' !== Options::server() && '' !== self::key();
	}

	/** Has a place for the key that pages do not load, since the form that saves it would make one that they do. */
	public static function make_place(): void {
		if ( false === get_option( self::OPTION ) ) {
			add_option( self::OPTION, '', '', false );
		}
	}

	/**
	 * Makes a key of what was typed: nothing leaves it as it is, a hyphen takes it away (WordPress
	 * trims what forms send).
	 *
	 * @param mixed $typed what was typed.
	 */
	public static function sanitize_key( $typed ): string {
		$before = (string) get_option( self::OPTION );
		$typed  = is_string( $typed ) ? trim( $typed ) : '';
		if ( '-' === $typed ) {
			return '';
		}
		return preg_match( '~^[\w.\~+/-]{32,}=*$~', $typed ) ? $typed : $before;
	}

	/**
	 * Asks about a user, and waits for the answer.
	 *
	 * @param string               $method of HTTP.
	 * @param \WP_User             $user   whom it is about.
	 * @param string               $path   below the user, with a slash before it.
	 * @param array<string, mixed> $body   what to send as JSON; empty: nothing.
	 * @return array{int, string} the status of HTTP, 0 where there is no answer, and what it says.
	 */
	public static function ask( string $method, \WP_User $user, string $path = '', array $body = array() ): array {
		$request = array( 'limit_response_size' => self::LONGEST_ANSWER ) + self::request( $method, self::TIMEOUT, self::key(), $body );
		$answer  = wp_remote_request( self::url( $user, $path ), $request );
		if ( is_wp_error( $answer ) ) {
			return array( 0, '' );
		}
		return array( (int) wp_remote_retrieve_response_code( $answer ), wp_remote_retrieve_body( $answer ) );
	}

	/**
	 * Has something done, and waits for nothing.
	 *
	 * @param string $method of HTTP.
	 * @param string $url    an address of the API.
	 * @param string $key    the key for it.
	 */
	public static function tell( string $method, string $url, string $key ): void {
		wp_remote_request( $url, array( 'blocking' => false ) + self::request( $method, self::TIMEOUT_ASIDE, $key ) );
	}

	/**
	 * The address of a user in the API.
	 *
	 * @param \WP_User $user whom it is about.
	 * @param string   $path below the user.
	 */
	public static function url( \WP_User $user, string $path ): string {
		return Options::server() . '/api/users/' . rawurlencode( LocalPart::of( $user->user_login ) ) . $path;
	}

	/**
	 * What goes along.
	 *
	 * @param string               $method  of HTTP.
	 * @param int                  $timeout seconds.
	 * @param string               $key     the key.
	 * @param array<string, mixed> $body    what to send as JSON.
	 * @return array<string, mixed>
	 */
	private static function request( string $method, int $timeout, string $key, array $body = array() ): array {
		$headers = array(
			'Accept'        => 'application/json',
			'Authorization' => 'Bearer ' . $key,
		);
		$request = array(
			'method'      => $method,
			'timeout'     => $timeout,
			// The key goes to the address that is set and to no other.
			'redirection' => 0,
			'headers'     => $headers,
		);
		if ( $body ) {
			$request['headers']['Content-Type'] = 'application/json';
			$request['body']                    = (string) wp_json_encode( $body );
		}
		return $request;
	}
}
