<?php
/**
 * The table of roles and rights.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** One row for each role of the site, one column for each right. */
final class RightsTable {

	/** Writes it. */
	public static function show(): void {
		$rights = self::rights();
		$table  = (array) Options::get( 'rights' );
		echo '<div class="meerkat-chat-rights-frame"><table class="meerkat-chat-rights widefat striped"><caption class="screen-reader-text">' . esc_html__( 'Rights', 'meerkat-chat' ) . '</caption><thead><tr><th scope="col">' . esc_html__( 'Role', 'meerkat-chat' ) . '</th>';
		foreach ( $rights as $text ) {
			echo '<th scope="col">' . esc_html( $text ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( self::roles() as $role => $name ) {
			$right = $table[ $role ] ?? Rights::BY_DEFAULT;
			echo '<tr><th scope="row">' . esc_html( $name ) . '</th>';
			foreach ( $rights as $value => $text ) {
				printf(
					'<td><input type="radio" name="%1$s" value="%2$s"%3$s aria-label="%4$s"></td>',
					esc_attr( Inputs::name( 'rights' ) . "[$role]" ),
					esc_attr( $value ),
					checked( $right, $value, false ),
					/* translators: 1: a role, such as Editor. 2: a right, such as Moderates. */
					esc_attr( sprintf( __( '%1$s: %2$s', 'meerkat-chat' ), $name, $text ) )
				);
			}
			echo '</tr>';
		}
		echo '</tbody></table></div>';
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
