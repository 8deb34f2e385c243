<?php
/**
 * What roles of the site may do in rooms.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * Rights of roles. `none`: may not chat. `read`: looks on, in every room. `rooms`: as each room has it for everybody.
 * `write`: also where only some may speak. `moderate`: keeps order, in every room. Who has several roles has the
 * most that any of them gives.
 */
final class Rights {

	/** From the least to the most. */
	const ALL = array( 'none', 'read', 'rooms', 'write', 'moderate' );

	/** That of roles for which nothing is set. */
	const BY_DEFAULT = 'rooms';

	/** Stands among the roles for those who are signed in and have none on this site. */
	const WITHOUT_ROLE = 'none';

	/**
	 * Whether it is a right.
	 *
	 * @param mixed $text what may be one.
	 */
	public static function is_right( $text ): bool {
		return in_array( $text, self::ALL, true );
	}

	/**
	 * The right of somebody.
	 *
	 * @param string[]              $roles the roles that they have on this site.
	 * @param array<string, string> $table right by role.
	 */
	public static function of( array $roles, array $table ): string {
		$best = -1;
		foreach ( $roles ? $roles : array( self::WITHOUT_ROLE ) as $role ) {
			$right = $table[ $role ] ?? self::BY_DEFAULT;
			$best  = max( $best, (int) array_search( $right, self::ALL, true ) );
		}
		return self::ALL[ $best ];
	}

	/**
	 * The claim `rooms` for a right; null where nothing is to be claimed, since the rooms decide.
	 *
	 * @param string $right one of ALL, not `none`.
	 * @return array<string, string>|null
	 */
	public static function claim( string $right ): ?array {
		return 'rooms' === $right ? null : array( '*' => $right );
	}
}
