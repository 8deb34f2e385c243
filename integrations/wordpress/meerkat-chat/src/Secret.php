<?php
/**
 * The secret that is shared with the chat server.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Signs tokens, and tells the chat server apart from everybody else who asks. */
final class Secret {

	/** The option that it is kept in, unless wp-config.php has the constant MEERKAT_SECRET. */
	const OPTION = 'meerkat_chat_secret';

	/** The secret; empty where there is none, or one too short to be one. */
	public static function get(): string {
		$secret = self::is_constant() ? constant( 'MEERKAT_SECRET' ) : get_option( self::OPTION );
		return is_string( $secret ) && strlen( $secret ) >= Token::SHORTEST_SECRET ? $secret : '';
	}

	/** Whether wp-config.php has it. */
	public static function is_constant(): bool {
		return defined( 'MEERKAT_SECRET' );
	}

	/** Makes another one and keeps it. Tokens of the one before are good for nothing from then on. */
	public static function renew(): string {
		$secret = wp_generate_password( 48, false );
		update_option( self::OPTION, $secret, false );
		return $secret;
	}

	/**
	 * Whether a request is from somebody who knows it: `Authorization: Bearer SECRET`.
	 *
	 * @param \WP_REST_Request $request the request.
	 */
	public static function is_sent_by( \WP_REST_Request $request ): bool {
		$secret = self::get();
		$sent   = preg_match( '/^Bearer +(\S+)$/i', (string) $request->get_header( 'authorization' ), $found ) ? $found[1] : '';
		return '' !== $secret && hash_equals( $secret, $sent );
	}
}
