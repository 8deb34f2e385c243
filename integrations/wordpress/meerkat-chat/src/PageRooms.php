<?php
/**
 * A room under each post.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** The room of a page, under posts of the types that the settings name. */
final class PageRooms {

	/** Hooks it in. */
	public static function hook(): void {
		// Behind what makes paragraphs and runs shortcodes.
		add_filter( 'the_content', array( self::class, 'add' ), 20 );
	}

	/**
	 * The content, and its room where it has one.
	 *
	 * @param string $content of a post.
	 */
	public static function add( $content ): string {
		$content = (string) $content;
		return self::has_room() ? $content . Elements::room( array( 'room' => 'page' ) ) : $content;
	}

	/** Whether pages have addresses that tell them apart: a room goes by its page's path, without the query. */
	public static function can_be(): bool {
		return '' !== (string) get_option( 'permalink_structure' );
	}

	/** Whether the post that is being shown is what this page is about, public, and of a type with rooms. */
	private static function has_room(): bool {
		$types = (array) Options::get( 'pageRooms' );
		$shown = $types
			&& self::can_be()
			&& is_singular( $types )
			&& in_the_loop()
			&& is_main_query()
			&& get_the_ID() === get_queried_object_id()
			&& 'publish' === get_post_status()
			&& ! post_password_required()
			&& ! has_block( 'meerkat/room' );
		/**
		 * Whether the room of this page stands under its post.
		 *
		 * @param bool $shown as the settings have it.
		 */
		return (bool) apply_filters( 'meerkat_chat_show_page_room', $shown );
	}
}
