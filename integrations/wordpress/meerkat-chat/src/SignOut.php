<?php
/**
 * What ends a sign-in to the site ends the chat.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * Has sessions ended at once, where a key for the chat server's API is set. Without that they end when their token does,
 * or when the chat server looks at the cookie again.
 */
final class SignOut {

	/** Where WordPress keeps the sessions of a user: by the hash of their token, which is the name of a sign-in here, too. */
	const SESSIONS = 'session_tokens';

	/** Hooks it in. */
	public static function hook(): void {
		add_action( 'wp_logout', array( self::class, 'signed_out' ) );
		add_action( 'update_user_meta', array( self::class, 'sessions_changed' ), 10, 4 );
		add_action( 'delete_user_meta', array( self::class, 'sessions_deleted' ), 10, 3 );

		// With another role or none, people come back with other rights or not at all.
		foreach ( array( 'set_user_role', 'add_user_role', 'remove_user_role', 'delete_user', 'remove_user_from_blog' ) as $change ) {
			add_action( $change, array( self::class, 'changed_here' ) );
		}
		add_action( 'make_spam_user', array( self::class, 'changed' ) );
		// In a network the first of them takes somebody off one site.
		add_action( is_multisite() ? 'wpmu_delete_user' : 'delete_user', array( self::class, 'deleted' ) );
		// Which of these there are goes by the release of WordPress, and by the way.
		add_action( 'wp_set_password', array( self::class, 'password_set' ), 10, 2 );
		add_action( 'after_password_reset', array( self::class, 'password_reset' ) );
		add_action( 'profile_update', array( self::class, 'profile_updated' ), 10, 2 );
	}

	/**
	 * Ends what was signed in by this browser's session, and nothing else; also where a plugin keeps sessions elsewhere.
	 *
	 * @param int $id the user.
	 */
	public static function signed_out( $id ): void {
		$session = wp_get_session_token();
		if ( '' !== $session ) {
			self::end( (int) $id, array( SessionRoute::sign_in( $session ) ) );
		}
	}

	/**
	 * Ends what was signed in by sessions that are about to be no longer there.
	 *
	 * @param int|int[] $meta  which row, or rows.
	 * @param int       $id    the user.
	 * @param string    $key   what is changed.
	 * @param mixed     $value what it will be.
	 */
	public static function sessions_changed( $meta, $id, $key, $value ): void {
		if ( self::SESSIONS !== $key ) {
			return;
		}
		$before = get_user_meta( (int) $id, self::SESSIONS, true );
		$gone   = array_diff_key( is_array( $before ) ? $before : array(), is_array( $value ) ? $value : array() );
		// Those that have run out go by the way.
		$ended = array_filter(
			$gone,
			static function ( $session ) {
				return ( is_array( $session ) ? $session['expiration'] ?? 0 : $session ) >= time();
			}
		);
		self::end( (int) $id, array_map( 'strval', array_keys( $ended ) ) );
	}

	/**
	 * All sessions of somebody are about to go.
	 *
	 * @param int[]  $meta which rows.
	 * @param int    $id   the user; 0: everybody.
	 * @param string $key  what is deleted.
	 */
	public static function sessions_deleted( $meta, $id, $key ): void {
		self::sessions_changed( $meta, $id, $key, array() );
	}

	/**
	 * Ends all sessions of a user on this site.
	 *
	 * @param int $id the user.
	 */
	public static function changed_here( $id ): void {
		$user = get_user_by( 'id', (int) $id );
		if ( $user ) {
			EndedSessions::all( $user );
		}
	}

	/**
	 * Ends all sessions of a user wherever they are.
	 *
	 * @param int $id the user.
	 */
	public static function changed( $id ): void {
		self::end( (int) $id, null );
	}

	/**
	 * Somebody is about to be deleted for good.
	 *
	 * @param int $id the user.
	 */
	public static function deleted( $id ): void {
		self::on_each_site( (int) $id, array( EndedSessions::class, 'gone' ) );
	}

	/**
	 * Who has another password is signed in nowhere any more but where it was changed, and comes back by that.
	 *
	 * @param string $password the password.
	 * @param int    $id       the user.
	 */
	public static function password_set( $password, $id ): void {
		self::changed( $id );
	}

	/**
	 * A forgotten password was replaced.
	 *
	 * @param \WP_User $user whose.
	 */
	public static function password_reset( $user ): void {
		self::changed( $user->ID );
	}

	/**
	 * Something of a user was changed.
	 *
	 * @param int      $id     the user.
	 * @param \WP_User $before as they were.
	 */
	public static function profile_updated( $id, $before ): void {
		$user = get_user_by( 'id', (int) $id );
		if ( $user && $user->user_pass !== $before->user_pass ) {
			self::changed( $id );
		}
	}

	/**
	 * Ends sessions on this site, and in a network on all that the user is of: one signs in to all of them at once.
	 *
	 * @param int           $id       the user.
	 * @param string[]|null $sign_ins those of these; null: all.
	 */
	private static function end( int $id, ?array $sign_ins ): void {
		self::on_each_site(
			$id,
			static function ( \WP_User $user ) use ( $sign_ins ) {
				if ( null === $sign_ins ) {
					EndedSessions::all( $user );
				}
				foreach ( (array) $sign_ins as $sign_in ) {
					EndedSessions::of_sign_in( $user, $sign_in );
				}
			}
		);
	}

	/**
	 * Does something on this site, and in a network on all that the user is of.
	 *
	 * @param int      $id  the user.
	 * @param callable $act gets them.
	 */
	private static function on_each_site( int $id, callable $act ): void {
		$user = get_user_by( 'id', $id );
		if ( ! $user ) {
			return;
		}
		$here  = get_current_blog_id();
		$sites = is_multisite() ? wp_list_pluck( get_blogs_of_user( $id ), 'userblog_id' ) : array();
		foreach ( array_unique( array_merge( array( $here ), array_map( 'intval', array_values( $sites ) ) ) ) as $site ) {
			if ( $site !== $here ) {
				switch_to_blog( $site );
			}
			$act( $user );
			if ( $site !== $here ) {
				restore_current_blog();
			}
		}
	}
}
