<?php
/**
 * Names of users as addresses of the chat.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** The local part of an address (XEP-0106), as the chat server makes it of a login. */
final class LocalPart {

	/** What an address cannot have. */
	const ESCAPED = array( ' ', '"', '&', "'", '/', ':', '<', '>', '@' );

	/**
	 * That of a login: what an address cannot have escaped, a backslash only where it would be taken for an escape. The
	 * chat server makes it lower case itself.
	 *
	 * @param string $login a login.
	 */
	public static function of( string $login ): string {
		$local = (string) preg_replace( '/\\\\(?=20|22|26|27|2f|3a|3c|3e|40|5c)/i', '\\\\5c', $login );
		foreach ( self::ESCAPED as $character ) {
			$local = str_replace( $character, '\\' . bin2hex( $character ), $local );
		}
		return $local;
	}
}
