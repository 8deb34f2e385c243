<?php
/**
 * The table of roles and rights.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** One row for each role of the site, with a list of rights. */
final class RightsTable {

	/** Writes it. */
	public static function show(): void {
		$table = (array) Options::get( 'rights' );
		echo '<table class="meerkat-chat-table"><caption class="screen-reader-text">' . esc_html__( 'Rights', 'meerkat-chat' ) . '</caption>';
		printf( '<thead><tr><th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>', esc_html__( 'Role', 'meerkat-chat' ), esc_html__( 'Right', 'meerkat-chat' ) );
		foreach ( self::roles() as $role => $name ) {
			echo '<tr><th scope="row">' . esc_html( $name ) . '</th><td>';
			/* translators: %s: a role, such as Editor. */
			$label = sprintf( __( 'Right of %s', 'meerkat-chat' ), $name );
			Inputs::select_in_table( Inputs::name( 'rights' ) . "[$role]", $label, self::rights(), $table[ $role ] ?? Rights::BY_DEFAULT );
			echo '</td></tr>';
		}
		echo '</tbody></table>';
		Inputs::hint( __( '“As the room says”: as everybody else in it. “Writes”: also where only some may. “Moderates”: keeps order in every room. Who has several roles has the most that any of them gives.', 'meerkat-chat' ) );
	}

	/**
	 * What the rights are called.
	 *
	 * @return array<string, string>
	 */
	public static function rights(): array {
		return array(
			'none'     => __( 'No chat', 'meerkat-chat' ),
			'read'     => __( 'Reads', 'meerkat-chat' ),
			'rooms'    => __( 'As the room says', 'meerkat-chat' ),
			'write'    => __( 'Writes', 'meerkat-chat' ),
			'moderate' => __( 'Moderates', 'meerkat-chat' ),
		);
	}

	/**
	 * The roles of the site and what they are called.
	 *
	 * @return array<string, string>
	 */
	public static function roles(): array {
		$roles = array_map( 'translate_user_role', wp_roles()->get_names() );
		return $roles + array( Rights::WITHOUT_ROLE => __( 'Signed in, without a role here', 'meerkat-chat' ) );
	}
}
