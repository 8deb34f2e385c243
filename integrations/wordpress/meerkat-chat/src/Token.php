<?php
/**
 * Tokens that the chat server takes.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Signs tokens: JWT (RFC 7519) with HMAC-SHA256 (RFC 7518 section 3.2). */
final class Token {

	/** The shortest secret that the chat server takes, in characters. */
	const SHORTEST_SECRET = 32;

	/** The longest that a token may be good for, in seconds. */
	const LONGEST_LIFE = 600;

	/**
	 * A signed token.
	 *
	 * @param array<string, mixed> $claims what it says.
	 * @param string               $secret the secret that the chat server knows too.
	 */
	public static function sign( array $claims, string $secret ): string {
		$flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;
		$head  = self::encode( '{"alg":"HS256","typ":"JWT"}' );
		$body  = self::encode( (string) wp_json_encode( $claims, $flags ) );
		return "$head.$body." . self::encode( hash_hmac( 'sha256', "$head.$body", $secret, true ) );
	}

	/**
	 * Base64url without padding (RFC 7515 section 2).
	 *
	 * @param string $bytes what to encode.
	 */
	private static function encode( string $bytes ): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- it is the format of a JWT.
		return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
	}
}
