<?php
/**
 * What the chat server exports, as WordPress shows it.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Makes the items of WordPress's export of the lines of the chat server's: one thing a line, as JSON, with its `kind`. */
final class ExportedData {

	/** What says when something was, in milliseconds. */
	const TIMES = array( 'at', 'createdAt', 'issuedAt', 'expiresAt', 'since' );

	/** What is shown in other words beside it. */
	const LEFT_OUT = array( 'xml' );

	/**
	 * One item for each line. What cannot be read, such as a last line that is cut off, is said.
	 *
	 * @param string $lines the answer of the chat server.
	 * @return array<int, array<string, mixed>>
	 */
	public static function items( string $lines ): array {
		$items = array();
		foreach ( explode( "\n", trim( $lines ) ) as $at => $line ) {
			$thing = json_decode( $line, true );
			if ( is_array( $thing ) ) {
				$items[] = self::item( "$at", $thing );
			} elseif ( '' !== $line ) {
				$items[] = self::item( "$at", array( 'kind' => __( 'There is more than can be shown here: ask whoever runs the chat server for all of it.', 'meerkat-chat' ) ) );
			}
		}
		return $items;
	}

	/**
	 * An item.
	 *
	 * @param string               $id    its name.
	 * @param array<string, mixed> $thing what it says.
	 * @return array<string, mixed>
	 */
	private static function item( string $id, array $thing ): array {
		$data = array();
		foreach ( array_diff_key( $thing, array_flip( self::LEFT_OUT ) ) as $name => $value ) {
			$data[] = array(
				'name'  => (string) $name,
				'value' => esc_html( self::text( (string) $name, $value ) ),
			);
		}
		return array(
			'group_id'    => PersonalData::NAME,
			'group_label' => __( 'Chat', 'meerkat-chat' ),
			'item_id'     => PersonalData::NAME . '-' . $id,
			'data'        => $data,
		);
	}

	/**
	 * A value in words.
	 *
	 * @param string $name  what it is of.
	 * @param mixed  $value the value.
	 */
	private static function text( string $name, $value ): string {
		if ( is_numeric( $value ) && in_array( $name, self::TIMES, true ) ) {
			return gmdate( 'Y-m-d H:i:s', (int) ( $value / 1000 ) ) . ' UTC';
		}
		return is_string( $value ) ? $value : (string) wp_json_encode( $value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
	}
}
