<?php
/**
 * A box on every page.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** The café of the site: one box, on every page, for everybody or for who is signed in. */
final class PageBox {

	/** Hooks it in. */
	public static function hook(): void {
		// Before the page's head is written, since themes of blocks write the names of modules there.
		add_action(
			'wp_enqueue_scripts',
			static function () {
				if ( self::is_shown() ) {
					Loader::need();
				}
			}
		);
		add_action(
			'wp_footer',
			static function () {
				if ( self::is_shown() ) {
					echo Elements::box( array() ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped where it is written.
				}
			},
			5
		);
	}

	/** Whether this page has it for this visitor. */
	private static function is_shown(): bool {
		$shown = Options::get( 'box' )
			&& '' !== Options::server()
			&& ( 'all' === Options::get( 'boxFor' ) || is_user_logged_in() )
			&& null !== SignIn::attributes()
			// Who has put a box into a page wants that one.
			&& ! ( is_singular() && has_block( 'meerkat/box', get_queried_object_id() ) );
		/**
		 * Whether this page has the box of the site.
		 *
		 * @param bool $shown as the settings have it.
		 */
		return (bool) apply_filters( 'meerkat_chat_show_box', $shown );
	}
}
