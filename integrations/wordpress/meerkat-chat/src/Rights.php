<?php
/**
 * What roles of the site may do in rooms.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * The rights of somebody, by their roles. `none`: may not chat. `read`: looks on. `rooms`: as each room has it for
 * everybody. `write`: also where only some may speak. `moderate`: keeps order. A role has one right for all rooms, and
 * others in rooms that are named. Who has several roles has the most that any of them gives.
 */
final class Rights {

	/** From the least to the most. */
	const ALL = array( 'none', 'read', 'rooms', 'write', 'moderate' );

	/** Those that a role may have in one room. */
	const IN_A_ROOM = array( 'read', 'write', 'moderate' );

	/** That of roles for which nothing is set. */
	const BY_DEFAULT = 'rooms';

	/** Stands among the roles for those who are signed in and have none on this site. */
	const WITHOUT_ROLE = 'none';

	/** What the chat server is told instead of `rooms`, beside other rights. */
	const TOLD_AS_ROOMS = 'default';

	/**
	 * In rooms that are not named below.
	 *
	 * @var string
	 */
	private $elsewhere;

	/**
	 * By the name of a room.
	 *
	 * @var array<string, string>
	 */
	private $in_rooms = array();

	/**
	 * The rights of somebody.
	 *
	 * @param string[]                                                 $roles the roles that they have on this site.
	 * @param array<string, string>                                    $table right by role.
	 * @param array<int, array{room: string, role: string, right: string}> $rows  rights in some rooms, see RoomRights.
	 */
	public function __construct( array $roles, array $table, array $rows ) {
		$roles  = $roles ? $roles : array( self::WITHOUT_ROLE );
		$common = array();
		foreach ( $roles as $role ) {
			$common[ $role ] = $table[ $role ] ?? self::BY_DEFAULT;
		}
		$this->elsewhere = self::most( $common );

		$named = array();
		foreach ( $rows as $row ) {
			if ( isset( $common[ $row['role'] ] ) ) {
				$named[ $row['room'] ][ $row['role'] ] = $row['right'];
			}
		}
		foreach ( $named as $room => $rights ) {
			$this->in_rooms[ $room ] = self::most( $rights + $common );
		}
	}

	/**
	 * Whether it is a right.
	 *
	 * @param mixed $text what may be one.
	 */
	public static function is_right( $text ): bool {
		return in_array( $text, self::ALL, true );
	}

	/** Whether they may chat at all. */
	public function let_in(): bool {
		return 'none' !== $this->elsewhere || $this->in_rooms;
	}

	/**
	 * The claim `rooms`; null where nothing is to be claimed, since the rooms decide. A room that it neither names nor has
	 * under `*` cannot be entered.
	 *
	 * @return array<string, string>|null
	 */
	public function claim(): ?array {
		if ( 'rooms' === $this->elsewhere && ! $this->in_rooms ) {
			return null;
		}
		$rights = $this->in_rooms + array( '*' => $this->elsewhere );
		return str_replace( 'rooms', self::TOLD_AS_ROOMS, array_diff( $rights, array( 'none' ) ) );
	}

	/**
	 * The most of several rights.
	 *
	 * @param string[] $rights at least one.
	 */
	private static function most( array $rights ): string {
		return self::ALL[ max( array_keys( array_intersect( self::ALL, $rights ) ) ) ];
	}
}
