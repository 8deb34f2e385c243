<?php
/**
 * The table of rights in some rooms.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * One row for each of RoomRights, and an empty one to add another. Without JavaScript a row is added by each saving, and
 * taken away by emptying its room; with it there are buttons.
 */
final class RoomRightsTable {

	/** Writes it. */
	public static function show(): void {
		$rows = (array) Options::get( 'roomRights' );
		echo '<table id="meerkat-chat-room-rights" class="meerkat-chat-table meerkat-chat-room-rights"><caption class="screen-reader-text">' . esc_html__( 'Rights in some rooms', 'meerkat-chat' ) . '</caption><thead><tr>';
		foreach ( array( __( 'Room', 'meerkat-chat' ), __( 'Role', 'meerkat-chat' ), __( 'Right', 'meerkat-chat' ) ) as $title ) {
			echo '<th scope="col">' . esc_html( $title ) . '</th>';
		}
		echo '<td></td></tr></thead><tbody>';
		foreach ( $rows as $at => $row ) {
			self::row( (string) $at, $row );
		}
		self::row(
			(string) count( $rows ),
			array(
				'room'  => '',
				'role'  => '',
				'right' => 'moderate',
			)
		);
		printf(
			'</tbody></table><p><button type="button" class="button" id="meerkat-chat-room-rights-more" data-most="%1$d" hidden>%2$s</button></p>',
			(int) RoomRights::MOST_ROWS,
			esc_html__( 'Add a row', 'meerkat-chat' )
		);
		Inputs::hint( __( 'In these rooms a role has the right given here instead of the one above. Who has “No chat” above may enter the rooms that are named here for them, and no others. Rows without a room are not kept.', 'meerkat-chat' ) );
	}

	/**
	 * A row.
	 *
	 * @param string                                           $at  its number.
	 * @param array{room: string, role: string, right: string} $row what is in it.
	 */
	private static function row( string $at, array $row ): void {
		$name = Inputs::name( 'roomRights' ) . "[$at]";
		printf(
			'<tr><td><input type="text" class="code" name="%1$s" value="%2$s" placeholder="lobby" maxlength="%3$d" spellcheck="false" autocapitalize="none" aria-label="%4$s"></td><td>',
			esc_attr( $name . '[room]' ),
			esc_attr( $row['room'] ),
			(int) RoomRights::LONGEST_ROOM,
			esc_attr__( 'Room', 'meerkat-chat' )
		);
		// A role whose plugin is away for a while keeps its row.
		$roles = RightsTable::roles() + ( '' === $row['role'] ? array() : array( $row['role'] => $row['role'] ) );
		Inputs::select_in_table( $name . '[role]', __( 'Role', 'meerkat-chat' ), $roles, $row['role'] );
		echo '</td><td>';
		$rights = array_intersect_key( RightsTable::rights(), array_flip( Rights::IN_A_ROOM ) );
		Inputs::select_in_table( $name . '[right]', __( 'Right', 'meerkat-chat' ), $rights, $row['right'] );
		printf(
			'</td><td><button type="button" class="button-link button-link-delete" hidden>%s</button></td></tr>',
			esc_html__( 'Remove', 'meerkat-chat' )
		);
	}
}
