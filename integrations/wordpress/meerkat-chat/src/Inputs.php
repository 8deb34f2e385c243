<?php
/**
 * Form fields for settings.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Writes fields of Options, with what is set in them. */
final class Inputs {

	/**
	 * A line of text.
	 *
	 * @param string $key     which setting.
	 * @param string $type    the kind of field.
	 * @param string $example what it may look like.
	 * @param string $classes how it looks.
	 */
	public static function text( string $key, string $type, string $example, string $classes = 'regular-text code' ): void {
		printf(
			'<input type="%1$s" id="meerkat-chat-%2$s" name="%3$s" value="%4$s" placeholder="%5$s" class="%6$s" spellcheck="false">',
			esc_attr( $type ),
			esc_attr( $key ),
			esc_attr( self::name( $key ) ),
			esc_attr( (string) Options::get( $key ) ),
			esc_attr( $example ),
			esc_attr( $classes )
		);
	}

	/**
	 * A list to choose one of, for a setting.
	 *
	 * @param string                $key   which setting.
	 * @param array<string, string> $words by value.
	 */
	public static function select( string $key, array $words ): void {
		printf( '<select id="meerkat-chat-%s" name="%s">', esc_attr( $key ), esc_attr( self::name( $key ) ) );
		self::options( $words, (string) Options::get( $key ) );
		echo '</select>';
	}

	/**
	 * A list to choose one of, in a table whose heads say what it is.
	 *
	 * @param string                $name   of the field.
	 * @param string                $label  what is chosen, and where.
	 * @param array<string, string> $words  by value.
	 * @param string                $chosen which of them.
	 */
	public static function select_in_table( string $name, string $label, array $words, string $chosen ): void {
		printf( '<select name="%s" aria-label="%s">', esc_attr( $name ), esc_attr( $label ) );
		self::options( $words, $chosen );
		echo '</select>';
	}

	/**
	 * What a list has in it.
	 *
	 * @param array<string, string> $words  by value.
	 * @param string                $chosen which of them.
	 */
	private static function options( array $words, string $chosen ): void {
		foreach ( $words as $value => $text ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( $chosen, (string) $value, false ), esc_html( $text ) );
		}
	}

	/**
	 * Some to choose one of, each explained.
	 *
	 * @param string                               $key    which setting.
	 * @param string                               $legend what is chosen.
	 * @param array<string, array{string, string}> $words  title and explanation by value.
	 */
	public static function radios( string $key, string $legend, array $words ): void {
		echo '<fieldset class="meerkat-chat-radios"><legend class="screen-reader-text">' . esc_html( $legend ) . '</legend>';
		foreach ( $words as $value => list( $title, $why ) ) {
			printf(
				'<label><input type="radio" name="%1$s" value="%2$s"%3$s> <span>%4$s <span class="description">%5$s</span></span></label>',
				esc_attr( self::name( $key ) ),
				esc_attr( $value ),
				checked( Options::get( $key ), $value, false ),
				esc_html( $title ),
				esc_html( $why )
			);
		}
		echo '</fieldset>';
	}

	/**
	 * A switch.
	 *
	 * @param string $key  which setting.
	 * @param string $text what it turns on.
	 */
	public static function checkbox( string $key, string $text ): void {
		printf(
			'<label><input type="checkbox" id="meerkat-chat-%1$s" name="%2$s" value="1"%3$s> %4$s</label>',
			esc_attr( $key ),
			esc_attr( self::name( $key ) ),
			checked( (bool) Options::get( $key ), true, false ),
			esc_html( $text )
		);
	}

	/**
	 * One of a list of which any number may be chosen.
	 *
	 * @param string $key   which setting.
	 * @param string $value which of them.
	 * @param string $text  what it is called.
	 */
	public static function checkbox_of( string $key, string $value, string $text ): void {
		printf(
			'<label class="meerkat-chat-choice"><input type="checkbox" name="%1$s[]" value="%2$s"%3$s> %4$s</label>',
			esc_attr( self::name( $key ) ),
			esc_attr( $value ),
			checked( in_array( $value, (array) Options::get( $key ), true ), true, false ),
			esc_html( $text )
		);
	}

	/**
	 * A sentence below a field.
	 *
	 * @param string $text the sentence.
	 */
	public static function hint( string $text ): void {
		echo '<p class="description">' . esc_html( $text ) . '</p>';
	}

	/**
	 * The name of a field.
	 *
	 * @param string $key which setting.
	 */
	public static function name( string $key ): string {
		return Options::NAME . "[$key]";
	}
}
