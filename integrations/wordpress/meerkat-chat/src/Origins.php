<?php
/**
 * The origins of this site's pages.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Where pages of the site may be, as browsers tell it to the chat server. */
final class Origins {

	/**
	 * The origins of the site: of its address, and of WordPress where that is elsewhere.
	 *
	 * @return string[]
	 */
	public static function own(): array {
		$origins = array_filter( array( self::of( home_url() ), self::of( site_url() ) ) );
		/**
		 * The origins of the pages that may use a token of this site.
		 *
		 * @param string[] $origins such as `https://blog.example`.
		 */
		return array_values( array_unique( (array) apply_filters( 'meerkat_chat_origins', $origins ) ) );
	}

	/**
	 * The origin of an address (RFC 6454 section 6.2); empty where it has none.
	 *
	 * @param string $url an address.
	 */
	public static function of( string $url ): string {
		$parts = wp_parse_url( $url );
		if ( empty( $parts['scheme'] ) || empty( $parts['host'] ) ) {
			return '';
		}
		$scheme = strtolower( $parts['scheme'] );
		$usual  = 'https' === $scheme ? 443 : 80;
		$port   = isset( $parts['port'] ) && $usual !== $parts['port'] ? ':' . $parts['port'] : '';
		return $scheme . '://' . strtolower( $parts['host'] ) . $port;
	}
}
