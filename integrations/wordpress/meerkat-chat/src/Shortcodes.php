<?php
/**
 * The elements as shortcodes.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** `[meerkat_room]`, `[meerkat_box]` and `[meerkat_badge]`, with the attributes of Elements. */
final class Shortcodes {

	/** Hooks them in. */
	public static function hook(): void {
		add_shortcode(
			'meerkat_room',
			static function ( $given ) {
				return Elements::room( shortcode_atts( Elements::ROOM, self::flags( $given ), 'meerkat_room' ) );
			}
		);
		add_shortcode(
			'meerkat_box',
			static function ( $given ) {
				return Elements::box( shortcode_atts( Elements::BOX, self::flags( $given ), 'meerkat_box' ) );
			}
		);
		add_shortcode(
			'meerkat_badge',
			static function ( $given ) {
				return Elements::badge( shortcode_atts( Elements::BADGE, self::flags( $given ), 'meerkat_badge' ) );
			}
		);
	}

	/**
	 * Attributes without a value are true: `[meerkat_room readonly]`.
	 *
	 * @param array<int|string, string>|string $given as WordPress gives it.
	 * @return array<string, mixed>
	 */
	private static function flags( $given ): array {
		$flags = array();
		foreach ( is_array( $given ) ? $given : array() as $name => $value ) {
			if ( is_int( $name ) ) {
				$flags[ $value ] = true;
			} else {
				$flags[ $name ] = $value;
			}
		}
		return $flags;
	}
}
