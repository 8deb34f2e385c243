<?php
/**
 * Signing out of the site ends the chat.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * Tells the chat server, where a key for its API is set, so that a session ends at once. Without that it ends when its
 * token does, or when the chat server looks at the cookie again.
 */
final class SignOut {

	/** Hooks it in. */
	public static function hook(): void {
		add_action( 'wp_logout', array( self::class, 'signed_out' ) );
		// With another role or none, people come back with other rights or not at all.
		foreach ( array( 'set_user_role', 'add_user_role', 'remove_user_role', 'delete_user' ) as $change ) {
			add_action( $change, array( self::class, 'changed' ) );
		}
	}

	/**
	 * Ends what was signed in by this browser's session, and nothing else.
	 *
	 * @param int $id the user.
	 */
	public static function signed_out( $id ): void {
		$user    = get_user_by( 'id', (int) $id );
		$session = wp_get_session_token();
		if ( $user && '' !== $session ) {
			ServerApi::end_sessions( $user, SessionRoute::sign_in( $session ) );
		}
	}

	/**
	 * Ends all sessions of a user.
	 *
	 * @param int $id the user.
	 */
	public static function changed( $id ): void {
		$user = get_user_by( 'id', (int) $id );
		if ( $user ) {
			ServerApi::end_sessions( $user );
		}
	}
}
