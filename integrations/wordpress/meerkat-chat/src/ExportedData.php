<?php
/**
 * What the chat server exports, as WordPress shows it.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Makes the groups and lines of WordPress's export of what the chat server says, whatever that has in it. */
final class ExportedData {

	/**
	 * One item for what is said of the person, and one for each entry of each list.
	 *
	 * @param array<string, mixed> $said the answer of the chat server.
	 * @return array<int, array<string, mixed>>
	 */
	public static function items( array $said ): array {
		$items = array();
		$about = array();
		foreach ( $said as $name => $value ) {
			if ( is_array( $value ) && array_keys( $value ) === range( 0, count( $value ) - 1 ) ) {
				foreach ( $value as $at => $entry ) {
					$items[] = self::item( "$name-$at", is_array( $entry ) ? $entry : array( $name => $entry ) );
				}
			} elseif ( array() !== $value ) {
				$about[ $name ] = $value;
			}
		}
		return $about ? array_merge( array( self::item( 'about', $about ) ), $items ) : $items;
	}

	/**
	 * An item.
	 *
	 * @param string               $id      its name.
	 * @param array<string, mixed> $entries what it says.
	 * @return array<string, mixed>
	 */
	private static function item( string $id, array $entries ): array {
		$data = array();
		foreach ( $entries as $name => $value ) {
			$data[] = array(
				'name'  => (string) $name,
				'value' => is_scalar( $value ) ? esc_html( (string) $value ) : esc_html( (string) wp_json_encode( $value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) ),
			);
		}
		return array(
			'group_id'    => PersonalData::NAME,
			'group_label' => __( 'Chat', 'meerkat-chat' ),
			'item_id'     => PersonalData::NAME . '-' . $id,
			'data'        => $data,
		);
	}
}
