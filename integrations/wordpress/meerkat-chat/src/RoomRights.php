<?php
/**
 * Rights in some rooms.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Rows of a room, a role, and the right of that role in that room, which takes the place of the role's usual one. */
final class RoomRights {

	/** How many rows there may be, and how long the name of a room, in bytes: a token with all of them is still taken. */
	const MOST_ROWS    = 40;
	const LONGEST_ROOM = 80;

	/**
	 * Makes rows of whatever came from a form. Those without a room are left out, and of two for the same room and role
	 * the later one counts.
	 *
	 * @param mixed $input what came.
	 * @return array<int, array{room: string, role: string, right: string}>
	 */
	public static function sanitize( $input ): array {
		$rows = array();
		foreach ( is_array( $input ) ? $input : array() as $row ) {
			$row   = is_array( $row ) ? $row : array();
			$room  = self::room( $row['room'] ?? '' );
			$role  = sanitize_text_field( is_string( $row['role'] ?? null ) ? $row['role'] : '' );
			$right = $row['right'] ?? '';
			if ( '' !== $room && '' !== $role && in_array( $right, Rights::IN_A_ROOM, true ) ) {
				$rows[ "$room $role" ] = array(
					'room'  => $room,
					'role'  => $role,
					'right' => $right,
				);
			}
		}
		return array_slice( array_values( $rows ), 0, self::MOST_ROWS );
	}

	/**
	 * The name of a room as a token has it, the local part of its address; empty where it can be none: the chat server
	 * refuses a token as a whole whose rooms it cannot read.
	 *
	 * @param mixed $text what was typed.
	 */
	private static function room( $text ): string {
		$text = is_string( $text ) ? strtolower( trim( $text ) ) : '';
		// One called 0 would make a list of the rights by name.
		$fits = strlen( $text ) <= self::LONGEST_ROOM && '0' !== $text && preg_match( '/^[\p{L}\p{N}\p{M}._~!$+,;=-]+$/u', $text );
		return $fits ? $text : '';
	}
}
