<?php
/**
 * Where browsers send the login cookie.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Whether the login cookie of this site reaches a chat server (RFC 6265 section 5.4). */
final class CookieReach {

	/**
	 * Why it does not, in plain words; empty where it does.
	 *
	 * @param string $server the address of the chat server.
	 */
	public static function why_not( string $server ): string {
		$site = wp_parse_url( home_url() );
		$chat = wp_parse_url( $server );
		if ( $site['scheme'] !== $chat['scheme'] ) {
			return __( 'The login cookie does not reach the chat server, since one of the two is on https and the other is not.', 'meerkat-chat' );
		}
		$domain = ltrim( (string) ( defined( 'COOKIE_DOMAIN' ) ? COOKIE_DOMAIN : '' ), '.' );
		$host   = $chat['host'] ?? '';
		$inside = '' === $domain ? $site['host'] === $host : $domain === $host || substr( $host, -strlen( ".$domain" ) ) === ".$domain";
		if ( ! $inside ) {
			return __( 'The login cookie does not reach the chat server, since it is on another host. The constant COOKIE_DOMAIN could widen it to subdomains.', 'meerkat-chat' );
		}
		$path = rtrim( (string) ( defined( 'COOKIEPATH' ) ? COOKIEPATH : '/' ), '/' ) . '/';
		if ( 0 !== strpos( ( $chat['path'] ?? '' ) . '/', $path ) ) {
			/* translators: %s: a path, such as /blog/. */
			return sprintf( __( 'The login cookie does not reach the chat server, since it is for addresses below %s only.', 'meerkat-chat' ), $path );
		}
		return '';
	}
}
