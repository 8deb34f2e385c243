<?php
/**
 * The elements as blocks.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** `meerkat/room`, `meerkat/box` and `meerkat/badge`: described in blocks/, written by Elements when a page is shown. */
final class Blocks {

	/** The name of the editor's script and style. */
	const EDITOR = 'meerkat-chat-editor';

	/** Hooks them in. */
	public static function hook(): void {
		add_action( 'init', array( self::class, 'register' ) );
		add_action( 'enqueue_block_editor_assets', array( self::class, 'prepare_editor' ) );
	}

	/** Registers them. */
	public static function register(): void {
		$needs = array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-i18n', 'wp-primitives' );
		wp_register_script( self::EDITOR, plugins_url( 'assets/editor.js', FILE ), $needs, VERSION, true );
		wp_register_style( self::EDITOR, plugins_url( 'assets/editor.css', FILE ), array(), VERSION );
		wp_set_script_translations( self::EDITOR, 'meerkat-chat', plugin_dir_path( FILE ) . 'languages' );

		foreach ( array( 'room', 'box', 'badge' ) as $name ) {
			register_block_type(
				plugin_dir_path( FILE ) . "blocks/$name",
				array(
					'render_callback' => static function ( $given ) use ( $name ) {
						return self::render( $name, (array) $given );
					},
				)
			);
		}
	}

	/** What the preview in the editor has to know of the settings. */
	public static function prepare_editor(): void {
		$settings = array(
			'isSetUp'  => '' !== Options::server(),
			'room'     => Options::get( 'room' ),
			'boxRoom'  => Options::get( 'boxRoom' ),
			'theme'    => Options::get( 'theme' ),
			'accent'   => Options::get( 'accent' ),
			'settings' => current_user_can( 'manage_options' ) ? SettingsPage::url() : '',
		);
		wp_add_inline_script( self::EDITOR, 'window.meerkatChat = ' . wp_json_encode( $settings, JSON_HEX_TAG ) . ';', 'before' );
	}

	/**
	 * A block as HTML.
	 *
	 * @param string               $name  `room`, `box` or `badge`.
	 * @param array<string, mixed> $given its attributes.
	 */
	private static function render( string $name, array $given ): string {
		if ( 'box' === $name ) {
			return Elements::box( $given );
		}
		$html = 'room' === $name ? Elements::room( $given ) : Elements::badge( $given );
		return '' === $html ? '' : '<div ' . get_block_wrapper_attributes() . '>' . $html . '</div>';
	}
}
