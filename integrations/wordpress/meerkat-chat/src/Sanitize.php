<?php
/**
 * What may stand in settings and attributes.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Makes of text from outside what it is meant to be, or nothing. */
final class Sanitize {

	/** The longest name of a room, in bytes: that of a local part (RFC 7622 section 3.3). */
	const MAX_ROOM = 1023;

	/**
	 * The address of a chat server: scheme, host, port, and a path where a proxy has it. No user, query or fragment.
	 *
	 * @param mixed $text what was typed; https is added where there is no scheme.
	 */
	public static function server( $text ): string {
		$text = is_string( $text ) ? trim( $text ) : '';
		if ( '' === $text ) {
			return '';
		}
		$parts = wp_parse_url( false === strpos( $text, '://' ) ? 'https://' . $text : $text );
		if ( empty( $parts['host'] ) || ! preg_match( '/^https?$/i', $parts['scheme'] ?? '' ) || isset( $parts['user'] ) || ! preg_match( '/^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/i', $parts['host'] ) ) {
			return '';
		}
		$port = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
		$path = rtrim( $parts['path'] ?? '', '/' );
		return esc_url_raw( strtolower( $parts['scheme'] . '://' . $parts['host'] ) . $port . $path, array( 'http', 'https' ) );
	}

	/**
	 * The domain of a chat server, lower case; empty where it is none.
	 *
	 * @param mixed $text what was typed.
	 */
	public static function domain( $text ): string {
		$text = is_string( $text ) ? strtolower( trim( $text ) ) : '';
		return strlen( $text ) <= 253 && preg_match( '/^[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u', $text ) ? $text : '';
	}

	/**
	 * A room: its name, its address, or `page`.
	 *
	 * @param mixed  $text what was typed.
	 * @param string $otherwise where it can be no room.
	 */
	public static function room( $text, string $otherwise = '' ): string {
		$text = is_string( $text ) ? trim( sanitize_text_field( $text ) ) : '';
		$fits = '' !== $text && strlen( $text ) <= self::MAX_ROOM && ! preg_match( '/[\s"&\'\/:<>]/u', $text );
		return $fits ? $text : $otherwise;
	}

	/**
	 * One of several words; the first of them where it is none.
	 *
	 * @param mixed    $text what came.
	 * @param string[] $words which may be.
	 */
	public static function choice( $text, array $words ): string {
		return in_array( $text, $words, true ) ? $text : $words[0];
	}

	/**
	 * A colour, or nothing.
	 *
	 * @param mixed $text what came.
	 */
	public static function accent( $text ): string {
		return (string) sanitize_hex_color( is_string( $text ) ? trim( $text ) : '' );
	}

	/**
	 * Names as WordPress gives them to post types, each once.
	 *
	 * @param mixed $names what came.
	 * @return string[]
	 */
	public static function names( $names ): array {
		$texts = array_filter( is_array( $names ) ? $names : array(), 'is_string' );
		return array_values( array_unique( array_filter( array_map( 'sanitize_key', $texts ) ) ) );
	}
}
