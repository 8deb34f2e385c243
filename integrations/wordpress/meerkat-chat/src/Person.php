<?php
/**
 * What the chat server is told of a user.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Users of the site, as the chat knows them. */
final class Person {

	/** The longest name and the longest address of a picture that the chat server takes, in UTF-16 units. */
	const MAX_NAME    = 100;
	const MAX_PICTURE = 1000;

	/**
	 * Whether somebody may chat at all.
	 *
	 * @param \WP_User $user a user.
	 */
	public static function may_chat( \WP_User $user ): bool {
		$banned = is_multisite() && ( is_user_spammy( $user ) || ! empty( $user->deleted ) );
		return $user->exists() && ! $banned && self::rights( $user )->let_in();
	}

	/**
	 * What a user may do in rooms.
	 *
	 * @param \WP_User $user a user.
	 */
	private static function rights( \WP_User $user ): Rights {
		return new Rights( array_values( $user->roles ), (array) Options::get( 'rights' ), (array) Options::get( 'roomRights' ) );
	}

	/**
	 * The claims that are about the user: `sub`, `name`, `picture`, `rooms`. The address in the chat is made of `sub`,
	 * their login, so that whoever signs in by the cookie or by a password is the same person.
	 *
	 * @param \WP_User $user a user.
	 * @return array<string, mixed>
	 */
	public static function claims( \WP_User $user ): array {
		$claims = array(
			'sub'     => $user->user_login,
			'name'    => self::name( (string) $user->display_name ),
			'picture' => self::picture( $user ),
			'rooms'   => self::rights( $user )->claim(),
		);
		/**
		 * What the chat server is told of a user.
		 *
		 * @param array<string, mixed> $claims sub, name, picture and rooms; null is left out.
		 * @param \WP_User             $user   the user.
		 */
		$claims = (array) apply_filters( 'meerkat_chat_claims', $claims, $user );
		return array_filter(
			$claims,
			static function ( $claim ) {
				return null !== $claim;
			}
		);
	}

	/**
	 * A name that is no longer than the chat server takes.
	 *
	 * @param string $name the display name.
	 */
	private static function name( string $name ): ?string {
		$units      = 0;
		$short      = '';
		$characters = preg_split( '//u', trim( $name ), -1, PREG_SPLIT_NO_EMPTY );
		foreach ( $characters ? $characters : array() as $character ) {
			$units += strlen( $character ) > 3 ? 2 : 1;
			if ( $units > self::MAX_NAME ) {
				break;
			}
			$short .= $character;
		}
		return '' === $short ? null : $short;
	}

	/**
	 * The picture, where the site shows any and it can be had by https.
	 *
	 * @param \WP_User $user a user.
	 */
	private static function picture( \WP_User $user ): ?string {
		if ( ! get_option( 'show_avatars' ) ) {
			return null;
		}
		$url = get_avatar_url(
			$user->ID,
			array(
				'size'   => 96,
				'scheme' => 'https',
			)
		);
		$usable = is_string( $url ) && 0 === strpos( $url, 'https://' ) && strlen( $url ) <= self::MAX_PICTURE;
		return $usable ? $url : null;
	}
}
