<?php
/**
 * The sessions and people that chat servers are told to be over.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * What is to be ended is told when the request is done: what has WordPress send somebody away, it does after it has said
 * so, and nobody is to come back by what is about to go. Each thing is told once, however many hooks have said it.
 */
final class EndedSessions {

	/** Of more sign-ins than these of one user all are ended: pages that are still signed in come back by themselves. */
	const MOST_SIGN_INS = 10;

	/**
	 * The sign-ins that have ended by user, as the address of their sessions; none: all have.
	 *
	 * @var array<string, array{key: string, sign_ins: string[]|null}>
	 */
	private static $ended = array();

	/**
	 * The people who are no more, as their address, with the key to say it.
	 *
	 * @var array<string, string>
	 */
	private static $gone = array();

	/**
	 * Somebody has been deleted: whoever gets their login later is somebody else.
	 *
	 * @param \WP_User $user who.
	 */
	public static function gone( \WP_User $user ): void {
		self::all( $user );
		if ( ServerApi::is_set_up() ) {
			self::$gone[ ServerApi::url( $user, '' ) ] = ServerApi::key();
		}
	}

	/**
	 * All of a user's on this site end.
	 *
	 * @param \WP_User $user whose.
	 */
	public static function all( \WP_User $user ): void {
		self::add( $user, null );
	}

	/**
	 * Those of one sign-in to this site end.
	 *
	 * @param \WP_User $user    whose.
	 * @param string   $sign_in its name, see SessionRoute.
	 */
	public static function of_sign_in( \WP_User $user, string $sign_in ): void {
		self::add( $user, $sign_in );
	}

	/**
	 * Adds to what is to be told, where there is anybody to be told it.
	 *
	 * @param \WP_User    $user    whose.
	 * @param string|null $sign_in null: all.
	 */
	private static function add( \WP_User $user, ?string $sign_in ): void {
		if ( ! ServerApi::is_set_up() ) {
			return;
		}
		if ( ! self::$ended ) {
			add_action( 'shutdown', array( self::class, 'tell' ) );
		}
		$url  = ServerApi::url( $user, '/sessions' );
		$list = array_key_exists( $url, self::$ended ) ? self::$ended[ $url ]['sign_ins'] : array();
		if ( null === $sign_in || null === $list || count( $list ) >= self::MOST_SIGN_INS ) {
			$list = null;
		} elseif ( ! in_array( $sign_in, $list, true ) ) {
			$list[] = $sign_in;
		}
		self::$ended[ $url ] = array(
			'key'      => ServerApi::key(),
			'sign_ins' => $list,
		);
	}

	/** Tells all of it. */
	public static function tell(): void {
		foreach ( self::$ended as $url => $ended ) {
			if ( null === $ended['sign_ins'] ) {
				ServerApi::tell( 'DELETE', $url, $ended['key'] );
			}
			foreach ( (array) $ended['sign_ins'] as $sign_in ) {
				ServerApi::tell( 'DELETE', $url . '?signIn=' . rawurlencode( $sign_in ), $ended['key'] );
			}
		}
		foreach ( self::$gone as $url => $key ) {
			ServerApi::tell( 'DELETE', $url, $key );
		}
		self::$ended = array();
		self::$gone  = array();
	}
}
