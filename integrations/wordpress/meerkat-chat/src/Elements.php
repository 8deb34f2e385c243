<?php
/**
 * The three elements, as HTML.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/**
 * Writes elements. Each takes what its block and its shortcode take, as text from outside, and answers with HTML in
 * which all of it is escaped; with nothing where there is no chat for the visitor.
 */
final class Elements {

	/** How high a room may be, in px. */
	const LOWEST  = 160;
	const HIGHEST = 2000;

	/** What each may be told, with what holds where it is not. */
	const ROOM  = array(
		'room'     => '',
		'label'    => '',
		'theme'    => '',
		'density'  => 'auto',
		'height'   => 480,
		'readonly' => false,
	);
	const BOX   = array(
		'room'  => '',
		'with'  => '',
		'label' => '',
		'theme' => '',
	);
	const BADGE = array(
		'user'  => '',
		'label' => '',
		'theme' => '',
	);

	/**
	 * A room.
	 *
	 * @param array<string, mixed> $given see ROOM. `readonly`: for looking on. Height in px.
	 */
	public static function room( array $given ): string {
		$given = array_merge( self::ROOM, $given );
		if ( '' === Options::server() ) {
			return self::not_set_up();
		}
		$sign_in = SignIn::attributes();
		if ( null === $sign_in ) {
			return self::sign_in_first();
		}
		$height = max( self::LOWEST, min( self::HIGHEST, (int) $given['height'] ) );
		return self::element(
			'chat-room',
			array(
				'room'     => Sanitize::room( $given['room'], (string) Options::get( 'room' ) ),
				'label'    => self::text( $given['label'] ),
				'theme'    => self::theme( $given['theme'] ),
				'density'  => Sanitize::choice( $given['density'], array( 'auto', 'live', 'cosy', 'bubbles' ) ),
				'readonly' => rest_sanitize_boolean( $given['readonly'] ),
				'style'    => "height:{$height}px;" . self::accent(),
			) + $sign_in
		);
	}

	/**
	 * A box at the corner of the page.
	 *
	 * @param array<string, mixed> $given see BOX. `with`: a person instead of a room.
	 */
	public static function box( array $given ): string {
		$given   = array_merge( self::BOX, $given );
		$sign_in = '' === Options::server() ? null : SignIn::attributes();
		if ( null === $sign_in ) {
			return '';
		}
		$with = self::text( $given['with'] );
		return self::element(
			'chat-box',
			array(
				'room'  => '' === $with ? Sanitize::room( $given['room'], (string) Options::get( 'boxRoom' ) ) : '',
				'with'  => $with,
				'label' => self::text( $given['label'] ),
				'theme' => self::theme( $given['theme'] ),
				'style' => self::accent(),
			) + $sign_in
		);
	}

	/**
	 * Whether somebody is there.
	 *
	 * @param array<string, mixed> $given see BADGE. `user`: an id that they share, or `author` for that of the post.
	 */
	public static function badge( array $given ): string {
		$given = array_merge( self::BADGE, $given );
		$user  = self::text( $given['user'] );
		$label = self::text( $given['label'] );
		if ( 'author' === $user ) {
			$author = (int) get_post_field( 'post_author', get_the_ID() );
			$user   = Profile::status_id( $author );
			$label  = '' === $label ? (string) get_the_author_meta( 'display_name', $author ) : $label;
		}
		if ( '' === $user || '' === Options::server() ) {
			return '';
		}
		return self::element(
			'presence-badge',
			array(
				'user'  => $user,
				'label' => $label,
				'theme' => self::theme( $given['theme'] ),
			)
		);
	}

	/**
	 * An element, and the script for it.
	 *
	 * @param string               $tag        its tag.
	 * @param array<string, mixed> $attributes empty ones are left out; true stands alone.
	 */
	private static function element( string $tag, array $attributes ): string {
		// Readers of feeds run no scripts, and show no elements that they do not know.
		if ( is_feed() ) {
			return '';
		}
		Loader::need();
		$html = "<$tag src=\"" . esc_url( Options::server() ) . '"';
		foreach ( $attributes as $name => $value ) {
			if ( true === $value ) {
				$html .= " $name";
			} elseif ( is_string( $value ) && '' !== $value ) {
				$html .= " $name=\"" . esc_attr( $value ) . '"';
			}
		}
		$without = 'chat-room' === $tag ? '<noscript>' . esc_html__( 'The chat needs JavaScript.', 'meerkat-chat' ) . '</noscript>' : '';
		return "$html>$without</$tag>";
	}

	/** Told to who can mend it, and to nobody else. */
	private static function not_set_up(): string {
		if ( ! current_user_can( 'manage_options' ) ) {
			return '';
		}
		return sprintf(
			'<p class="meerkat-chat-note">%s <a href="%s">%s</a></p>',
			esc_html__( 'Here a chat will be, once the address of your chat server is set.', 'meerkat-chat' ),
			esc_url( SettingsPage::url() ),
			esc_html__( 'Settings', 'meerkat-chat' )
		);
	}

	/** Where only users may chat, everybody else is shown the way in. */
	private static function sign_in_first(): string {
		wp_enqueue_style( Loader::HANDLE );
		if ( is_user_logged_in() ) {
			return '<p class="meerkat-chat-note">' . esc_html__( 'Your account may not chat here.', 'meerkat-chat' ) . '</p>';
		}
		return sprintf(
			'<p class="meerkat-chat-note">%s <a href="%s">%s</a></p>',
			esc_html__( 'Only people who are signed in can chat here.', 'meerkat-chat' ),
			esc_url( SignIn::login_url() ),
			esc_html__( 'Sign in', 'meerkat-chat' )
		);
	}

	/**
	 * One line of text.
	 *
	 * @param mixed $text what came.
	 */
	private static function text( $text ): string {
		return is_scalar( $text ) ? sanitize_text_field( (string) $text ) : '';
	}

	/**
	 * A theme; the site's where none is chosen.
	 *
	 * @param mixed $text what came.
	 */
	private static function theme( $text ): string {
		return Sanitize::choice( $text, array( (string) Options::get( 'theme' ), 'auto', 'light', 'dark' ) );
	}

	/** The site's accent as a style; nothing where the chat takes that of the page. */
	private static function accent(): string {
		$accent = (string) Options::get( 'accent' );
		return '' === $accent ? '' : "--chat-accent:$accent;";
	}
}
